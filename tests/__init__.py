"""A reader's second manual: each test's docstring is a sentence we would tell a user."""
