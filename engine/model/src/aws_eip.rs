//! `aws_eip`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/eip>

crate::typed::resource! {
    /// A public IPv4 address.
    Eip<'a> = "aws_eip" {
        /// `vpc`
        domain: &'a str,
        /// The EC2 instance it is bound to.
        instance: &'a str,
        /// The network interface it is bound to.
        network_interface: &'a str,
    }
}
