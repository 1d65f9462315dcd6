data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  # Lambda takes images from its own account's registry in its own Region
  registry = "${data.aws_caller_identity.current.account_id}.dkr.ecr.${data.aws_region.current.id}.${data.aws_partition.current.dns_suffix}"
  # What follows the name of a function's repository, where a digest is known
  image_references = { for name, digest in var.image_digests : name => "@${digest}" }
  # The share of the newest version, by function, where a stable one keeps the rest
  canaries = { for name, weight in var.canary_weights : name => [weight] if contains(keys(var.stable_versions), name) }
}
