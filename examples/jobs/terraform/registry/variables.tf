variable "region" {
  type        = string
  description = "The AWS Region of both roots and of the images; without one the environment or the profile says it"
  default     = null
}
