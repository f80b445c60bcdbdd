//! What a listener or a rule does with a request.

use crate::args::Args;
use aws_sdk_elasticloadbalancingv2::types::{
    Action, AuthenticateCognitoActionConfig, AuthenticateOidcActionConfig,
    FixedResponseActionConfig, ForwardActionConfig, RedirectActionConfig,
    TargetGroupStickinessConfig, TargetGroupTuple,
};
use serde_json::{Value as Json, json};
use std::collections::HashMap;

/// The actions that blocks ask for, in their order.
pub(crate) fn to_api<'a>(blocks: impl Iterator<Item = Args<'a>>) -> Vec<Action> {
    (1..).zip(blocks).map(|(at, block)| one(at, block)).collect()
}

fn one(at: i32, block: Args<'_>) -> Action {
    Action::builder()
        .set_type(block.choice("type"))
        .order(block.int("order").filter(|order| *order > 0).unwrap_or(at))
        .set_target_group_arn(block.text("target_group_arn"))
        .set_forward_config(block.block("forward").map(forward))
        .set_redirect_config(block.block("redirect").map(redirect))
        .set_fixed_response_config(block.block("fixed_response").map(fixed_response))
        .set_authenticate_cognito_config(block.block("authenticate_cognito").map(cognito))
        .set_authenticate_oidc_config(block.block("authenticate_oidc").map(oidc))
        .build()
}

fn forward(block: Args<'_>) -> ForwardActionConfig {
    let groups = block.blocks("target_group").map(|group| {
        TargetGroupTuple::builder()
            .set_target_group_arn(group.text("arn"))
            .set_weight(group.int("weight"))
            .build()
    });
    let stickiness = block.block("stickiness").map(|stickiness| {
        TargetGroupStickinessConfig::builder()
            .enabled(stickiness.is("enabled"))
            .set_duration_seconds(stickiness.int("duration"))
            .build()
    });
    ForwardActionConfig::builder()
        .set_target_groups(Some(groups.collect()))
        .set_target_group_stickiness_config(stickiness)
        .build()
}

fn redirect(block: Args<'_>) -> RedirectActionConfig {
    RedirectActionConfig::builder()
        .set_host(block.text("host"))
        .set_path(block.text("path"))
        .set_port(block.text("port"))
        .set_protocol(block.text("protocol"))
        .set_query(block.text("query"))
        .set_status_code(block.choice("status_code"))
        .build()
}

fn fixed_response(block: Args<'_>) -> FixedResponseActionConfig {
    FixedResponseActionConfig::builder()
        .set_content_type(block.text("content_type"))
        .set_message_body(block.text("message_body"))
        .set_status_code(block.text("status_code"))
        .build()
}

fn extra(block: Args<'_>) -> Option<HashMap<String, String>> {
    let extra = block.map("authentication_request_extra_params");
    Some(extra.into_iter().collect()).filter(|extra: &HashMap<_, _>| !extra.is_empty())
}

fn cognito(block: Args<'_>) -> AuthenticateCognitoActionConfig {
    AuthenticateCognitoActionConfig::builder()
        .set_authentication_request_extra_params(extra(block))
        .set_on_unauthenticated_request(block.choice("on_unauthenticated_request"))
        .set_scope(block.text("scope"))
        .set_session_cookie_name(block.text("session_cookie_name"))
        .set_session_timeout(block.int("session_timeout").map(i64::from))
        .set_user_pool_arn(block.text("user_pool_arn"))
        .set_user_pool_client_id(block.text("user_pool_client_id"))
        .set_user_pool_domain(block.text("user_pool_domain"))
        .build()
}

fn oidc(block: Args<'_>) -> AuthenticateOidcActionConfig {
    AuthenticateOidcActionConfig::builder()
        .set_authentication_request_extra_params(extra(block))
        .set_authorization_endpoint(block.text("authorization_endpoint"))
        .set_client_id(block.text("client_id"))
        .set_client_secret(block.text("client_secret"))
        .set_issuer(block.text("issuer"))
        .set_on_unauthenticated_request(block.choice("on_unauthenticated_request"))
        .set_scope(block.text("scope"))
        .set_session_cookie_name(block.text("session_cookie_name"))
        .set_session_timeout(block.int("session_timeout").map(i64::from))
        .set_token_endpoint(block.text("token_endpoint"))
        .set_user_info_endpoint(block.text("user_info_endpoint"))
        .build()
}

/// The API's actions as blocks. The known ones say how a forward to one group is written, and hold what the API never tells: the
/// client's secret.
pub(crate) fn to_blocks<'a>(
    actions: &[Action],
    known: impl Iterator<Item = Args<'a>>,
) -> Vec<Json> {
    let mut actions: Vec<&Action> = actions.iter().collect();
    actions.sort_by_key(|action| action.order());
    let known: Vec<_> =
        known.map(Some).chain(std::iter::repeat_with(|| None)).take(actions.len()).collect();
    (1..).zip(actions).zip(known).map(|((at, action), known)| block(at, action, known)).collect()
}

/// The same with all that the API says, in both ways that it spells a forward to one group.
pub(crate) fn told(actions: &[Action]) -> Vec<Json> {
    let mut actions: Vec<&Action> = actions.iter().collect();
    actions.sort_by_key(|action| action.order());
    let told = |action: &Action| {
        let mut told = block(0, action, None);
        let forward = action.forward_config();
        let forward = forward.map(|f| forward_block(f, f.target_group_stickiness_config()));
        if let Json::Object(members) = &mut told {
            members.insert("forward".to_owned(), forward.into_iter().collect());
            members.insert("target_group_arn".to_owned(), action.target_group_arn().into());
        }
        told
    };
    actions.into_iter().map(told).collect()
}

fn block(at: i32, action: &Action, known: Option<Args<'_>>) -> Json {
    let forward = action.forward_config();
    let groups = forward.map(|config| config.target_groups()).unwrap_or_default();
    let by_block = groups.len() > 1 || known.is_some_and(|known| known.block("forward").is_some());
    let group = action.target_group_arn().filter(|_| !by_block);
    let known_group = known.and_then(|known| known.0.get("target_group_arn")?.as_str());
    let no_group = known_group.filter(|arn| arn.is_empty() || by_block);
    json!({
        "type": action.r#type().map(|ty| ty.as_str()),
        "order": action.order().unwrap_or(at),
        "target_group_arn": group.or(no_group),
        "forward": forward.filter(|_| by_block).map(|forward| {
            let sticks = forward.target_group_stickiness_config().filter(sticks);
            forward_block(forward, sticks)
        }).into_iter().collect::<Vec<_>>(),
        "redirect": action.redirect_config().map(redirect_block).into_iter().collect::<Vec<_>>(),
        "fixed_response": action.fixed_response_config().map(|config| json!({
            "content_type": config.content_type(),
            "message_body": config.message_body(),
            "status_code": config.status_code(),
        })).into_iter().collect::<Vec<_>>(),
        "authenticate_cognito":
            action.authenticate_cognito_config().map(cognito_block).into_iter().collect::<Vec<_>>(),
        "authenticate_oidc": action.authenticate_oidc_config().map(|config| {
            let known = known.and_then(|known| known.block("authenticate_oidc"));
            oidc_block(config, known.and_then(|known| known.str("client_secret")))
        }).into_iter().collect::<Vec<_>>(),
    })
}

/// The API says of every forward that it does not stick.
fn sticks(config: &&TargetGroupStickinessConfig) -> bool {
    config.enabled() == Some(true) || config.duration_seconds().is_some()
}

fn forward_block(
    config: &ForwardActionConfig,
    stickiness: Option<&TargetGroupStickinessConfig>,
) -> Json {
    json!({
        "target_group": config.target_groups().iter().map(|group| json!({
            "arn": group.target_group_arn(),
            "weight": group.weight().unwrap_or(1),
        })).collect::<Vec<_>>(),
        "stickiness": stickiness.map(|stickiness| json!({
            "enabled": stickiness.enabled().unwrap_or_default(),
            "duration": stickiness.duration_seconds().unwrap_or_default(),
        })).into_iter().collect::<Vec<_>>(),
    })
}

fn redirect_block(config: &RedirectActionConfig) -> Json {
    json!({
        "host": config.host(),
        "path": config.path(),
        "port": config.port(),
        "protocol": config.protocol(),
        "query": config.query(),
        "status_code": config.status_code().map(|code| code.as_str()),
    })
}

fn cognito_block(config: &AuthenticateCognitoActionConfig) -> Json {
    json!({
        "authentication_request_extra_params": config.authentication_request_extra_params(),
        "on_unauthenticated_request":
            config.on_unauthenticated_request().map(|behavior| behavior.as_str()),
        "scope": config.scope(),
        "session_cookie_name": config.session_cookie_name(),
        "session_timeout": config.session_timeout(),
        "user_pool_arn": config.user_pool_arn(),
        "user_pool_client_id": config.user_pool_client_id(),
        "user_pool_domain": config.user_pool_domain(),
    })
}

fn oidc_block(config: &AuthenticateOidcActionConfig, secret: Option<&str>) -> Json {
    json!({
        "authentication_request_extra_params": config.authentication_request_extra_params(),
        "authorization_endpoint": config.authorization_endpoint(),
        "client_id": config.client_id(),
        "client_secret": secret,
        "issuer": config.issuer(),
        "on_unauthenticated_request":
            config.on_unauthenticated_request().map(|behavior| behavior.as_str()),
        "scope": config.scope(),
        "session_cookie_name": config.session_cookie_name(),
        "session_timeout": config.session_timeout(),
        "token_endpoint": config.token_endpoint(),
        "user_info_endpoint": config.user_info_endpoint(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use stack::Value;

    fn listener(actions: &Json) -> Value {
        let ty = plan::shape::of_type("aws_lb_listener").unwrap();
        Value::from_json(&ty, &json!({"default_action": actions})).unwrap()
    }

    /// What is asked for and read back is what was asked for, in whichever of its two spellings a forward is written.
    #[test]
    fn actions_read_back_as_written() {
        for actions in [
            json!([{"type": "forward", "order": 1, "target_group_arn": "a", "forward": [],
                "redirect": [], "fixed_response": [], "authenticate_cognito": [],
                "authenticate_oidc": []}]),
            json!([{"type": "forward", "order": 1, "forward": [{"target_group": [
                {"arn": "a", "weight": 1}, {"arn": "b", "weight": 9}],
                "stickiness": [{"enabled": true, "duration": 60}]}],
                "redirect": [], "fixed_response": [], "authenticate_cognito": [],
                "authenticate_oidc": []}]),
            json!([{"type": "authenticate-oidc", "order": 1, "authenticate_oidc": [{
                "authorization_endpoint": "https://a.example/auth", "client_id": "i",
                "client_secret": "s", "issuer": "https://a.example", "scope": "openid",
                "token_endpoint": "https://a.example/t", "user_info_endpoint": "https://a.example/u",
                "authentication_request_extra_params": {"prompt": "login"}}],
                "forward": [], "redirect": [], "fixed_response": [], "authenticate_cognito": []},
                {"type": "fixed-response", "order": 2, "fixed_response": [{
                "content_type": "text/plain", "message_body": "no", "status_code": "404"}],
                "forward": [], "redirect": [], "authenticate_cognito": [], "authenticate_oidc": []}]),
        ] {
            let known = listener(&actions);
            let blocks = || Args(&known).blocks("default_action");
            let mut api = to_api(blocks());
            for action in &mut api {
                action
                    .authenticate_oidc_config
                    .iter_mut()
                    .for_each(|config| config.client_secret = None);
            }
            let read = listener(&Json::from(to_blocks(&api, blocks())));
            assert_eq!(read.to_json(), known.to_json());
        }
    }
}
