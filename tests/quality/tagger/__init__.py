"""How the tagger's weights are learnt and measured."""
