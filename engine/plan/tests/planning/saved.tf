variable "days" { default = 7 }
variable "word" {
  default   = "hunter2"
  sensitive = true
}
resource "aws_cloudwatch_log_group" "l" {
  name              = "l"
  retention_in_days = var.days
  tags              = { word = var.word }
}
