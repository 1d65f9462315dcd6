resource "terraform_data" "account_concurrency" {
  lifecycle {
    precondition {
      # the sum of 2 functions
      condition     = 201 <= var.account_concurrency - 100
      error_message = "The functions reserve 201 concurrent executions together and 100 have to stay unreserved, but the account has ${var.account_concurrency}. Have that quota raised and say so in account_concurrency, or lower what is reserved."
    }
  }
}
