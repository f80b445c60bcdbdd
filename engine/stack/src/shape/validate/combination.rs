//! Combinations of arguments that the provider refuses only when it plans: its `CustomizeDiff` code.

use crate::Value;
use syntax::{Report, Span};

/// Judges the configuration of a type that has such code. What is unknown is not judged.
pub(super) fn check(ty: &str, config: &Value, header: Span) -> Option<Report> {
    match ty {
        "aws_alb_listener" | "aws_lb_listener" => actions(ty, config, "default_action", header),
        "aws_alb_listener_rule" | "aws_lb_listener_rule" => actions(ty, config, "action", header),
        "aws_alb_target_group" | "aws_lb_target_group" => target_group(ty, config, header),
        "aws_nat_gateway" => nat_gateway(config, header),
        _ => None,
    }
}

fn wrong(text: String, value: &Value, header: Span) -> Report {
    Report::error("conflicting-arguments", text)
        .at(value.place().at.unwrap_or(header), "because of this")
}

/// An argument holds something, known or not.
fn is_set(object: &Value, name: &str) -> bool {
    object.get(name).is_some_and(|value| !value.is_null() && !value.is_empty())
}

/// A known string.
fn word<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str()
}

/// Each kind of action needs what it does.
fn actions(ty: &str, config: &Value, block: &str, header: Span) -> Option<Report> {
    config.get(block)?.elements().find_map(|action| {
        let kind = action.get("type")?;
        let needs: &[&str] = match kind.as_str()? {
            "forward" => &["target_group_arn", "forward"],
            "redirect" => &["redirect"],
            "fixed-response" => &["fixed_response"],
            "authenticate-cognito" => &["authenticate_cognito"],
            "authenticate-oidc" => &["authenticate_oidc"],
            _ => return None,
        };
        if needs.iter().any(|name| is_set(action, name)) {
            return None;
        }
        let text = format!(
            "`{block}` of `{ty}` is of the type `{}`, which needs `{}`",
            kind.as_str()?,
            needs.join("` or `")
        );
        Some(wrong(text, kind, header).help("write what the action does, or change its type"))
    })
}

/// What a group of this type must have, and what a health check over TCP has not.
fn target_group(ty: &str, config: &Value, header: Span) -> Option<Report> {
    let health = config.get("health_check").and_then(|blocks| blocks.index(0));
    if let Some(health) = health
        .filter(|health| word(health, "protocol").is_some_and(|p| p.eq_ignore_ascii_case("TCP")))
    {
        for name in ["path", "matcher"] {
            if let Some(value) =
                health.get(name).filter(|value| value.as_str().is_some_and(|text| !text.is_empty()))
            {
                let text = format!("`health_check` of `{ty}` has a `{name}`, and TCP has none");
                return Some(wrong(text, value, header).help("remove it, or check over HTTP"));
            }
        }
        if let Some(protocol) = word(config, "protocol").filter(|p| p.starts_with("HTTP")) {
            let text = format!(
                "the health of `{ty}` with protocol `{protocol}` cannot be checked over TCP"
            );
            return Some(wrong(text, health, header));
        }
    }
    let kind = config.get("target_type")?;
    let kind = if kind.is_null() { "instance" } else { kind.as_str()? };
    if !["alb", "instance", "ip"].contains(&kind) {
        return None;
    }
    let missing = ["port", "protocol", "vpc_id"]
        .into_iter()
        .find(|name| config.get(name).is_some_and(Value::is_null))?;
    let text = format!("`{ty}` for targets of the type `{kind}` needs the argument `{missing}`");
    Some(Report::error("needs-argument", text).at(header, format!("`{missing}` is missing")))
}

/// Private gateways have no elastic IP addresses; a count of addresses is for them alone.
fn nat_gateway(config: &Value, header: Span) -> Option<Report> {
    let kind = config.get("connectivity_type")?;
    let kind = if kind.is_null() { "public" } else { kind.as_str()? };
    let foreign: &[&str] = match kind {
        "private" => &["allocation_id", "secondary_allocation_ids"],
        "public" => &["secondary_private_ip_address_count"],
        _ => return None,
    };
    let known =
        |name: &str| is_set(config, name) && config.get(name).is_some_and(|v| !v.is_unknown());
    let name = foreign.iter().find(|name| known(name))?;
    let text = format!(
        "`{name}` of `aws_nat_gateway` has no meaning where `connectivity_type` is `{kind}`"
    );
    Some(wrong(text, config.get(name)?, header).help("remove it, or change the type"))
}
