# manifests/web.yaml Deployment/shop/web
# trivy:ignore:AWS-0066 no manifest asks for X-Ray, which costs by the trace; tracing inside the application stays as it is
resource "aws_lambda_function" "shop_web" {
  # checkov:skip=CKV_AWS_50:no manifest asks for X-Ray, which costs by the trace; tracing inside the application stays as it is
  # checkov:skip=CKV_AWS_116:it is called synchronously, or the settings of its alias send failed events to a queue
  # checkov:skip=CKV_AWS_117:no manifest names a VPC; vpc: in k2l.yaml puts the functions that need one into it
  # checkov:skip=CKV_AWS_173:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  # checkov:skip=CKV_AWS_272:Lambda does not check signatures of functions that are container images
  # metadata.name, metadata.namespace
  function_name = "shop-web"
  description   = "Deployment/shop/web"
  role          = aws_iam_role.shop_web.arn
  package_type  = "Image"
  # spec.template.spec.containers[0].image
  image_uri     = "${local.registry}/shop-web${lookup(local.image_references, "shop-web", ":2.4.1-1834fa98")}"
  architectures = ["x86_64"]
  # max(256 MiB limit, 0.25 cpu x 1,769 MB = 443) = 443 - spec.template.spec.containers[0].resources.limits.memory, spec.template.spec.containers[0].resources.requests.memory, spec.template.spec.containers[0].resources.requests.cpu
  memory_size = 443
  # a request through an HTTP API ends after this
  timeout = 30
  # 10 replicas x 20 requests at once per pod - manifests/web.yaml HorizontalPodAutoscaler/shop/web spec.maxReplicas, spec.scaleTargetRef, manifests/web.yaml Deployment/shop/web metadata.annotations[k2l.dev/requests-per-pod]
  reserved_concurrent_executions = 200
  publish                        = true
  # metadata.labels[app.kubernetes.io/name], metadata.labels[app.kubernetes.io/part-of]
  tags = {
    "app.kubernetes.io/name"    = "web"
    "app.kubernetes.io/part-of" = "shop"
  }

  environment {
    variables = {
      # spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef, spec.template.spec.containers[0].env[0].name, manifests/configuration.yaml ConfigMap/shop/web data.currency
      CURRENCY = aws_ssm_parameter.shop_web_currency_31cac230.insecure_value
      # spec.template.spec.containers[0].env[1].value, spec.template.spec.containers[0].env[1].name, manifests/catalog.yaml Service/shop/catalog metadata.name
      CATALOG_URL = "http://127.0.0.1:18000"
      # spec.template.spec.containers[0].env[2].value, spec.template.spec.containers[0].env[2].name, manifests/cache.yaml Service/shop/cache metadata.name
      CACHE_ADDR = var.service_shop_cache_6379
      # spec.template.spec.containers[0].env[4].value, spec.template.spec.containers[0].env[4].name
      GREETING = "Welcome to \"$${SHOP}\""
    }
  }

  ephemeral_storage {
    # 1,024 MiB asked - spec.template.spec.volumes[1].emptyDir.sizeLimit
    size = 1024
  }

  depends_on = [aws_cloudwatch_log_group.shop_web, aws_iam_role_policy.shop_web]
}

# manifests/web.yaml Deployment/shop/web
resource "aws_lambda_alias" "shop_web" {
  name             = "live"
  description      = "What callers, routes and schedules use; moves to a new version without changing them"
  function_name    = aws_lambda_function.shop_web.function_name
  function_version = lookup(var.stable_versions, "shop-web", aws_lambda_function.shop_web.version)

  dynamic "routing_config" {
    for_each = [for weight in lookup(local.canaries, "shop-web", []) : weight if lookup(var.stable_versions, "shop-web", "") != aws_lambda_function.shop_web.version]

    content {
      additional_version_weights = {
        (aws_lambda_function.shop_web.version) = routing_config.value
      }
    }
  }
}

# manifests/web.yaml Deployment/shop/web
# trivy:ignore:AWS-0017 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_cloudwatch_log_group" "shop_web" {
  # checkov:skip=CKV_AWS_158:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  # checkov:skip=CKV_AWS_338:how long logs are kept is an input, because it is a matter of cost and law
  name              = "/aws/lambda/shop-web"
  retention_in_days = var.log_retention_in_days
  tags = {
    "app.kubernetes.io/name"    = "web"
    "app.kubernetes.io/part-of" = "shop"
  }
}

# manifests/web.yaml Deployment/shop/web
resource "aws_iam_role" "shop_web" {
  name        = "shop-web-${data.aws_region.current.id}"
  description = "Runs the function shop-web"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
  tags = {
    "app.kubernetes.io/name"    = "web"
    "app.kubernetes.io/part-of" = "shop"
  }
}

# manifests/web.yaml Deployment/shop/web
resource "aws_iam_role_policy" "shop_web" {
  name = "shop-web"
  role = aws_iam_role.shop_web.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.shop_web.arn}:*"]
      },
      {
        Sid      = "ReadParameters"
        Effect   = "Allow"
        Action   = ["ssm:GetParameters"]
        Resource = ["arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:parameter/k2l.url/shop-catalog"]
      },
      {
        Sid      = "ReadSecrets"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = [aws_secretsmanager_secret.shop_web_97375646.arn]
      },
      {
        Sid       = "CallServices"
        Effect    = "Allow"
        Action    = ["lambda:InvokeFunctionUrl"]
        Resource  = ["arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:function:shop-catalog:live"]
        Condition = { StringEquals = { "lambda:FunctionUrlAuthType" = "AWS_IAM" } }
      },
      {
        Sid       = "CallServicesThroughUrl"
        Effect    = "Allow"
        Action    = ["lambda:InvokeFunction"]
        Resource  = ["arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:function:shop-catalog:live"]
        Condition = { Bool = { "lambda:InvokedViaFunctionUrl" = "true" } }
      },
    ]
  })
}
