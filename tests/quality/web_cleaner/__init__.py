"""How the weights of `digest.extract.web` are made; see `weights.md` there. It is run by hand, not by the tests."""
