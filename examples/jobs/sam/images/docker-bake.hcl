# Builds the images of the functions, for docker buildx bake. build.sh calls it with what has to be built.

# An image with an attestation is an index of two manifests, and Lambda takes a single image only: so there is none.

variable "REGISTRY" {
  description = "The account's private registry: ACCOUNT.dkr.ecr.REGION.amazonaws.com"
}

target "heartbeat-cron" {
  context    = "."
  dockerfile = "heartbeat-cron/Dockerfile"
  platforms  = ["linux/amd64"]
  tags       = ["${REGISTRY}/heartbeat-cron:8.10.1-cdda091b"]
  attest     = ["type=provenance,disabled=true", "type=sbom,disabled=true"]
}

target "invoices-cron" {
  context    = "."
  dockerfile = "invoices-cron/Dockerfile"
  platforms  = ["linux/amd64"]
  tags       = ["${REGISTRY}/invoices-cron:sha256-9b2a1d6c2b9a-7ff8d741"]
  attest     = ["type=provenance,disabled=true", "type=sbom,disabled=true"]
}
