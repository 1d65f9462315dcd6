variable "region" {
  type        = string
  description = "The AWS Region of both roots and of the images; without one the environment or the profile says it"
  default     = null
}

variable "canary_weights" {
  type        = map(number)
  description = "The share of traffic that the newest version of a function gets, by the function's name; only beside a stable version"
  default     = {}

  validation {
    condition     = alltrue([for value in values(var.canary_weights) : value >= 0 && value <= 1])
    error_message = "A weight is a share of the traffic, from 0 to 1."
  }

  validation {
    condition     = alltrue([for name in keys(var.canary_weights) : contains(["webapp-frontend"], name)])
    error_message = "Each name has to be that of a function of this configuration."
  }
}

variable "image_digests" {
  type        = map(string)
  description = "The digest of each function's image, by the function's name; the command that pushes an image writes it. Without one the tag holds"
  default     = {}

  validation {
    condition     = alltrue([for value in values(var.image_digests) : can(regex("^sha256:[0-9a-f]{64}$", value))])
    error_message = "A digest is sha256: and 64 hexadecimal digits."
  }
}

variable "log_retention_in_days" {
  type        = number
  description = "For how many days logs are kept"
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_in_days)
    error_message = "CloudWatch keeps logs for one of these numbers of days: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653."
  }
}

variable "stable_versions" {
  type        = map(string)
  description = "The published version that keeps a function's traffic, by the function's name. Without one its alias moves to the newest"
  default     = {}

  validation {
    condition     = alltrue([for value in values(var.stable_versions) : can(regex("^[0-9]+$", value))])
    error_message = "A version is the number that AWS gave it."
  }

  validation {
    condition     = alltrue([for name in keys(var.stable_versions) : contains(["webapp-frontend"], name)])
    error_message = "Each name has to be that of a function of this configuration."
  }
}

variable "vpc_id" {
  type        = string
  description = "The VPC that the tasks run in"
}

variable "subnet_ids" {
  type        = list(string)
  description = "Two private subnets of the VPC, in two Availability Zones, from which a NAT gateway leads to the Internet"
}

# manifests/backend/service.yaml Service/webapp/backend
# manifests/frontend/deployment.yaml Deployment/webapp/frontend
variable "service_webapp_backend_9898" {
  type        = string
  description = "Where Service/webapp/backend can be reached from AWS: host and port, in place of backend:9898"

  validation {
    condition     = var.service_webapp_backend_9898 != "" && !can(regex("[{][{]", var.service_webapp_backend_9898))
    error_message = "Parameter Store takes no empty value and none with two opening braces."
  }
}
