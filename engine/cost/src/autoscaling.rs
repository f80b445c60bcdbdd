//! What Application Auto Scaling keeps between two bounds.
//! <https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html>

use crate::bill::Bill;
use crate::quantity::{Basis, Quantity};
use model::{AppautoscalingTarget, Attr};

/// The target of a resource: by the last step of its `resource_id` (`table/NAME`), or by the edge when the name is not known yet.
pub(crate) fn target<'m, 'a>(
    bill: &Bill<'m, 'a>,
    kind: &str,
    name: &str,
    dimension: &str,
) -> Option<&'m AppautoscalingTarget<'a>> {
    let own = |value: &Attr<'a, &str>| match value {
        Attr::Known(id, _) => {
            let mut steps = id.split('/');
            steps.next() == Some(kind)
                && bill.attr::<&str>(name).known() == steps.next_back().as_ref()
        }
        _ => false,
    };
    let resources = &bill.model.stack().resources;
    let of_type = |edge: &stack::Edge| {
        let at = usize::try_from(edge.to.0).ok().and_then(|at| resources.get(at));
        at.is_some_and(|it| it.address.ty == bill.resource.address.ty)
    };
    bill.model.all::<AppautoscalingTarget<'_>>().iter().find(|target| {
        let scaled = target.scalable_dimension.known().is_some_and(|it| *it == dimension);
        // A reference says which one; names may be shared by tables of several regions.
        let mut referred = target.resource.edges.iter().filter(|edge| of_type(edge)).peekable();
        scaled
            && match referred.peek() {
                Some(_) => referred.any(|edge| edge.to == bill.id),
                None => own(&target.resource_id),
            }
    })
}

/// What a target keeps: what somebody says, or its minimum, and at most its maximum.
pub(crate) fn kept<'a>(target: &AppautoscalingTarget<'a>, bill: &Bill<'_, 'a>) -> Quantity {
    let address = target.resource.address.to_string();
    if let Some(said) = bill.said_of(&address, "autoscaling.capacity") {
        return said.because(format!("{address} scales it"));
    }
    let least = bill.or_assume(&target.min_capacity, "min_capacity", 0, "ecs.tasks");
    let most = match target.max_capacity {
        Attr::Known(most, _) => rust_decimal::Decimal::from(most.max(0)),
        Attr::Null(_) | Attr::Unknown(_) => least.amount,
    };
    let why = match target.max_capacity {
        Attr::Known(..) => format!("{address} keeps it between this and {most}"),
        _ => format!("{address} scales it, to a limit not known yet"),
    };
    least.at_most(most).because(why).by(&Quantity { basis: Basis::Derived, ..Quantity::fixed(1) })
}
