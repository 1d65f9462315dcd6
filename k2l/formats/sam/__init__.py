"""The plan as an AWS SAM template, and as plain CloudFormation where SAM has no word of its own."""
