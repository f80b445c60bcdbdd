//! `aws_lb_listener`: Elastic Load Balancing `CreateListener`, `ModifyListener`, attributes, `DeleteListener`.

use crate::args::Args;
use crate::draft::Draft;
use crate::elb::{self, Attributes, Row};
use crate::elb_action;
use crate::failure::{fail, found, no_id};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::tags;
use aws_sdk_elasticloadbalancingv2::types::{
    Certificate, Listener as ApiListener, ListenerAttribute, MutualAuthenticationAttributes,
    ProtocolEnum,
};
use plan::Failure;
use serde_json::{Value as Json, json};

pub(crate) struct Listener;

const ROWS: [Row; 20] = [
    (
        "routing_http_request_x_amzn_mtls_clientcert_header_name",
        "routing.http.request.x_amzn_mtls_clientcert.header_name",
    ),
    (
        "routing_http_request_x_amzn_mtls_clientcert_issuer_header_name",
        "routing.http.request.x_amzn_mtls_clientcert_issuer.header_name",
    ),
    (
        "routing_http_request_x_amzn_mtls_clientcert_leaf_header_name",
        "routing.http.request.x_amzn_mtls_clientcert_leaf.header_name",
    ),
    (
        "routing_http_request_x_amzn_mtls_clientcert_serial_number_header_name",
        "routing.http.request.x_amzn_mtls_clientcert_serial_number.header_name",
    ),
    (
        "routing_http_request_x_amzn_mtls_clientcert_subject_header_name",
        "routing.http.request.x_amzn_mtls_clientcert_subject.header_name",
    ),
    (
        "routing_http_request_x_amzn_mtls_clientcert_validity_header_name",
        "routing.http.request.x_amzn_mtls_clientcert_validity.header_name",
    ),
    (
        "routing_http_request_x_amzn_tls_cipher_suite_header_name",
        "routing.http.request.x_amzn_tls_cipher_suite.header_name",
    ),
    (
        "routing_http_request_x_amzn_tls_version_header_name",
        "routing.http.request.x_amzn_tls_version.header_name",
    ),
    (
        "routing_http_response_access_control_allow_credentials_header_value",
        "routing.http.response.access_control_allow_credentials.header_value",
    ),
    (
        "routing_http_response_access_control_allow_headers_header_value",
        "routing.http.response.access_control_allow_headers.header_value",
    ),
    (
        "routing_http_response_access_control_allow_methods_header_value",
        "routing.http.response.access_control_allow_methods.header_value",
    ),
    (
        "routing_http_response_access_control_allow_origin_header_value",
        "routing.http.response.access_control_allow_origin.header_value",
    ),
    (
        "routing_http_response_access_control_expose_headers_header_value",
        "routing.http.response.access_control_expose_headers.header_value",
    ),
    (
        "routing_http_response_access_control_max_age_header_value",
        "routing.http.response.access_control_max_age.header_value",
    ),
    (
        "routing_http_response_content_security_policy_header_value",
        "routing.http.response.content_security_policy.header_value",
    ),
    ("routing_http_response_server_enabled", "routing.http.response.server.enabled"),
    (
        "routing_http_response_strict_transport_security_header_value",
        "routing.http.response.strict_transport_security.header_value",
    ),
    (
        "routing_http_response_x_content_type_options_header_value",
        "routing.http.response.x_content_type_options.header_value",
    ),
    (
        "routing_http_response_x_frame_options_header_value",
        "routing.http.response.x_frame_options.header_value",
    ),
    ("tcp_idle_timeout_seconds", "tcp.idle_timeout.seconds"),
];

const OWN: [&str; 7] = [
    "alpn_policy",
    "certificate_arn",
    "default_action",
    "mutual_authentication",
    "port",
    "protocol",
    "ssl_policy",
];

impl Resource for Listener {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let args = new.planned;
        let call = aws
            .once
            .elb
            .create_listener()
            .set_load_balancer_arn(args.text("load_balancer_arn"))
            .set_port(args.int("port"))
            .set_protocol(protocol(args))
            .set_ssl_policy(args.text("ssl_policy"))
            .set_certificates(certificates(args))
            .set_alpn_policy(args.text("alpn_policy").map(|policy| vec![policy]))
            .set_mutual_authentication(args.block("mutual_authentication").map(mutual))
            .set_default_actions(Some(elb_action::to_api(args.blocks("default_action"))))
            .set_tags(Some(elb::tagged(new)));
        let answer = call.send().await.map_err(fail("elasticloadbalancing:CreateListener"))?;
        let arn = answer.listeners().first().and_then(|listener| listener.listener_arn());
        let arn = arn.ok_or_else(|| no_id("elasticloadbalancing:CreateListener"))?;
        Ok(identified(new, arn))
    }

    async fn complete(&self, aws: &Aws, new: &New<'_>, draft: &mut Draft) -> Result<(), Failure> {
        if ROWS.iter().all(|(path, _)| new.planned.spelled(path).is_none_or(|text| text.is_empty()))
        {
            return Ok(());
        }
        let arn = draft.str("id").unwrap_or_default();
        let actual = attributes(aws, arn).await?;
        let asked = ROWS.iter().filter_map(|(path, key)| Some((*key, new.planned.spelled(path)?)));
        let unlike =
            |(key, text): &(&str, String)| actual.get(*key).map_or("", String::as_str) != text;
        modify(aws, arn, asked.filter(unlike).collect()).await
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let balancer = new.planned.str("load_balancer_arn").unwrap_or_default();
        let call = aws.calls.elb.describe_listeners().load_balancer_arn(balancer);
        let all = call.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
        let all = all.map_err(fail("elasticloadbalancing:DescribeListeners"))?;
        let port = new.planned.int("port");
        for listener in all.iter().filter(|listener| listener.port() == port) {
            let arn = listener.listener_arn().unwrap_or_default();
            if tags::made_by(&elb::read_tags(aws, arn).await?, new.token) {
                return Ok(Some(identified(new, arn)));
            }
        }
        Ok(None)
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let arn = known.id();
        let answer = aws.calls.elb.describe_listeners().listener_arns(arn).send().await;
        let Some(answer) = found("elasticloadbalancing:DescribeListeners", answer)? else {
            return Ok(None);
        };
        let Some(listener) = answer.listeners().first() else { return Ok(None) };
        let (actual, tags) = tokio::try_join!(attributes(aws, arn), elb::read_tags(aws, arn))?;
        let mut draft = known.draft();
        tell(&mut draft, known.object, listener);
        elb::write(&mut draft, &ROWS, &actual);
        tags::write(&mut draft, known.object, tags);
        Ok(Some(Seen::ready(draft)))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        let (arn, args) = (change.id(), change.planned);
        let names: Vec<_> = ROWS.iter().map(|(path, _)| *path).chain(OWN).collect();
        change.only(&names)?;
        if change.touches(&OWN) {
            let call = aws
                .calls
                .elb
                .modify_listener()
                .listener_arn(arn)
                .set_port(args.int("port"))
                .set_protocol(protocol(args))
                .set_ssl_policy(args.text("ssl_policy"))
                .set_certificates(certificates(args))
                .set_alpn_policy(args.text("alpn_policy").map(|policy| vec![policy]))
                .set_mutual_authentication(args.block("mutual_authentication").map(mutual))
                .set_default_actions(Some(elb_action::to_api(args.blocks("default_action"))));
            call.send().await.map_err(fail("elasticloadbalancing:ModifyListener"))?;
        }
        modify(aws, arn, elb::changed(change, &ROWS)).await?;
        elb::retag(aws, arn, change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let call = aws.calls.elb.delete_listener().listener_arn(known.id());
        call.send().await.map(drop).map_err(fail("elasticloadbalancing:DeleteListener"))
    }
}

/// Writes what the API says of a listener, but for its attributes and tags.
pub(crate) fn tell(draft: &mut Draft, known: Args<'_>, listener: &ApiListener) {
    let certificate = listener.certificates().first();
    let mutual = listener.mutual_authentication().map(mutual_block);
    let actions = known.blocks("default_action");
    let arn = listener.listener_arn();
    draft
        .set("arn", arn)
        .set("load_balancer_arn", listener.load_balancer_arn())
        .set("protocol", listener.protocol().map(|protocol| protocol.as_str()))
        .set("default_action", elb_action::to_blocks(listener.default_actions(), actions))
        .set("mutual_authentication", mutual.into_iter().collect::<Vec<_>>())
        .set("ssl_policy", listener.ssl_policy().unwrap_or_default())
        .text("certificate_arn", certificate.and_then(|c| c.certificate_arn()))
        .text("alpn_policy", listener.alpn_policy().first().map(String::as_str));
    if let Some(port) = listener.port() {
        draft.set("port", port);
    }
}

fn identified(new: &New<'_>, arn: &str) -> Draft {
    let mut draft = new.draft(arn);
    draft.set("arn", arn);
    draft
}

/// As written; an application load balancer's listener without one speaks HTTP.
fn protocol(args: Args<'_>) -> Option<ProtocolEnum> {
    let balancer = args.str("load_balancer_arn").unwrap_or_default();
    let default = balancer.contains(":loadbalancer/app/").then_some(ProtocolEnum::Http);
    args.choice("protocol").or(default)
}

fn certificates(args: Args<'_>) -> Option<Vec<Certificate>> {
    let arn = args.str("certificate_arn")?;
    Some(vec![Certificate::builder().certificate_arn(arn).build()])
}

fn mutual(block: Args<'_>) -> MutualAuthenticationAttributes {
    let verifies = block.str("mode") == Some("verify");
    MutualAuthenticationAttributes::builder()
        .set_mode(block.text("mode"))
        .set_trust_store_arn(block.text("trust_store_arn"))
        .set_ignore_client_certificate_expiry(
            block.flag("ignore_client_certificate_expiry").filter(|_| verifies),
        )
        .set_advertise_trust_store_ca_names(
            block.choice("advertise_trust_store_ca_names").filter(|_| verifies),
        )
        .build()
}

fn mutual_block(mutual: &MutualAuthenticationAttributes) -> Json {
    json!({
        "mode": mutual.mode(),
        "trust_store_arn": mutual.trust_store_arn().unwrap_or_default(),
        "ignore_client_certificate_expiry":
            mutual.ignore_client_certificate_expiry().unwrap_or_default(),
        "advertise_trust_store_ca_names":
            mutual.advertise_trust_store_ca_names().map_or("", |names| names.as_str()),
    })
}

async fn attributes(aws: &Aws, arn: &str) -> Result<Attributes, Failure> {
    let call = aws.calls.elb.describe_listener_attributes().listener_arn(arn);
    let answer = call.send().await;
    let answer = answer.map_err(fail("elasticloadbalancing:DescribeListenerAttributes"))?;
    let pairs = answer.attributes().iter();
    let pairs = pairs.filter_map(|a| Some((a.key()?.to_owned(), a.value()?.to_owned())));
    Ok(pairs.collect())
}

async fn modify(aws: &Aws, arn: &str, set: Vec<(&str, String)>) -> Result<(), Failure> {
    if set.is_empty() {
        return Ok(());
    }
    let attributes = set
        .into_iter()
        .map(|(key, value)| ListenerAttribute::builder().key(key).value(value).build());
    let call = aws.calls.elb.modify_listener_attributes().listener_arn(arn);
    let call = call.set_attributes(Some(attributes.collect())).send().await;
    call.map(drop).map_err(fail("elasticloadbalancing:ModifyListenerAttributes"))
}
