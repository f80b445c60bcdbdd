//! `aws_lb_listener`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb_listener>

use crate::Attr;

crate::typed::resource! {
    /// A port that a load balancer listens on.
    LbListener<'a> = "aws_lb_listener" | "aws_alb_listener" {
        /// Its load balancer.
        load_balancer_arn: &'a str,
        /// The port.
        port: i64,
        /// `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`, `TCP_UDP` or `GENEVE`. Not set: `HTTP` (an ALB's) .
        protocol: &'a str,
        /// Which TLS versions and ciphers; not set: `ELBSecurityPolicy-2016-08`.
        ssl_policy: &'a str,
        /// The certificate it presents.
        certificate_arn: &'a str,
        /// What it does with requests that no rule takes.
        default_action: Vec<Attr<'a, ListenerAction<'a>>>,
    }
}

crate::typed::block! {
    /// What is done with a request.
    ListenerAction<'a> {
        /// `forward`, `redirect`, `fixed-response`, `authenticate-cognito` or `authenticate-oidc`.
        kind as "type": &'a str,
        /// Forward: the only target group.
        target_group_arn: &'a str,
        /// Forward: several target groups.
        forward: Forward<'a>,
        /// Redirect: where to.
        redirect: Redirect<'a>,
    }
}

crate::typed::block! {
    /// Forward to several target groups.
    Forward<'a> {
        /// The groups.
        target_group: Vec<Attr<'a, ForwardTarget<'a>>>,
    }
}

crate::typed::block! {
    /// One of several target groups.
    ForwardTarget<'a> {
        /// The group.
        arn: &'a str,
    }
}

crate::typed::block! {
    /// Where a redirect leads.
    Redirect<'a> {
        /// `HTTP`, `HTTPS` or `#{protocol}` (default).
        protocol: &'a str,
        /// A port or `#{port}` (default).
        port: &'a str,
        /// `HTTP_301` or `HTTP_302`.
        status_code: &'a str,
    }
}
