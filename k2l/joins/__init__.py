"""What Kubernetes works out between objects: a module for each question that is answered by looking at several of them at once."""
