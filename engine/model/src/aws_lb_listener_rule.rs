//! `aws_lb_listener_rule`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb_listener_rule>

use crate::{Attr, ListenerAction};

crate::typed::resource! {
    /// What a listener does with some requests.
    LbListenerRule<'a> = "aws_lb_listener_rule" | "aws_alb_listener_rule" {
        /// Its listener.
        listener_arn: &'a str,
        /// Lower goes first.
        priority: i64,
        /// What it does with them.
        action: Vec<Attr<'a, ListenerAction<'a>>>,
    }
}
