"""The plan as a Terraform configuration for the hashicorp/aws provider."""
