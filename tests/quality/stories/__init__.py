"""The weights of grouping, made and measured."""
