//! The flight, over the real SDK: apply, second apply, destroy, against moto as AWS; boto3 counts what is there.

#[cfg(test)]
mod moto {
    mod flight;
    #[cfg(unix)]
    mod killed;
    mod proxy;
    mod referee;
    mod server;
    mod stacks;
    mod types;
}
