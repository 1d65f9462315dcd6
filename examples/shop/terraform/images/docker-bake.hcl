# Builds the images of the functions, for docker buildx bake. build.sh calls it with what has to be built.

# An image with an attestation is an index of two manifests, and Lambda takes a single image only: so there is none.

variable "REGISTRY" {
  description = "The account's private registry: ACCOUNT.dkr.ecr.REGION.amazonaws.com"
}

target "shop-catalog" {
  context    = "."
  dockerfile = "shop-catalog/Dockerfile"
  platforms  = ["linux/arm64"]
  tags       = ["${REGISTRY}/shop-catalog:1.9.0-57d34295"]
  attest     = ["type=provenance,disabled=true", "type=sbom,disabled=true"]
}

target "shop-report-cron" {
  context    = "."
  dockerfile = "shop-report-cron/Dockerfile"
  platforms  = ["linux/amd64"]
  tags       = ["${REGISTRY}/shop-report-cron:1.2.0-cc11750c"]
  attest     = ["type=provenance,disabled=true", "type=sbom,disabled=true"]
}

target "shop-web" {
  context    = "."
  dockerfile = "shop-web/Dockerfile"
  platforms  = ["linux/amd64"]
  tags       = ["${REGISTRY}/shop-web:2.4.1-1834fa98"]
  attest     = ["type=provenance,disabled=true", "type=sbom,disabled=true"]
}
