//! `aws_internet_gateway`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/internet_gateway>

crate::typed::resource! {
    /// The door between a VPC and the Internet, both ways.
    InternetGateway<'a> = "aws_internet_gateway" {
        /// Its VPC.
        vpc_id: &'a str,
    }
}
