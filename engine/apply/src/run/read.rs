//! Reading a data source that had to wait for what it refers to.

use super::{Run, Trouble};
use crate::call::repeatable;
use crate::event::{Doing, What};
use crate::trouble;
use plan::Change;
use tokio::time::Instant;

impl Run<'_> {
    pub(super) async fn read(&self, change: &Change) -> Result<(), Trouble> {
        let subject = Self::subject(change, Doing::Read);
        self.caller.tell(&subject, What::Started(None));
        let world = super::world::Final { run: self, change: Some(change) };
        let resource = self.program.instance(&world, &change.address).map_err(|reports| {
            let first = reports.into_iter().next();
            let message = first.map_or_else(|| "it cannot be evaluated".into(), |r| r.message);
            Trouble::Failed(trouble(message))
        })?;
        let value = if resource.value.is_wholly_known() {
            resource.value
        } else {
            let deadline = Instant::now() + self.caller.patience;
            let cloud = self.cloud(change)?;
            let call = || cloud.data(&change.address.ty, &resource.config);
            self.caller.call(None, &subject, deadline, repeatable, call).await?
        };
        self.know(&change.address, value);
        Ok(())
    }
}
