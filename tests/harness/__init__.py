"""What the tests stand on: other programs, Terraform, and AWS as a mock."""
