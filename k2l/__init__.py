"""k2l reads Kubernetes manifests and writes the AWS Lambda infrastructure that replaces them."""

__version__ = "0.1.0"
