//! The flight, over the real SDK: apply, second apply, destroy, against moto as AWS; boto3 counts what is there.

#[cfg(test)]
mod moto {
    mod accounts;
    mod bucket;
    mod builtin;
    mod data;
    #[cfg(unix)]
    mod disk;
    mod flight;
    mod gate;
    #[cfg(unix)]
    mod killed;
    mod preflight;
    mod proxy;
    mod races;
    mod referee;
    mod server;
    mod stacks;
    #[cfg(unix)]
    mod state_commands;
    #[cfg(unix)]
    mod terraform;
    mod types;
}
