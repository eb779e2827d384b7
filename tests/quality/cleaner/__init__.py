"""How the weights of `digest.extract.trained` are made and measured; needs labelled data and more packages."""
