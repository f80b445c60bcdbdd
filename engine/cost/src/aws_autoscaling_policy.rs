//! Scaling policies of EC2: as of Application Auto Scaling, target tracking makes alarms.
//! <https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html>

use crate::aws_appautoscaling_policy::tracking_alarms;
use crate::bill::Bill;
use model::Attr;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    match bill.attr::<&str>("policy_type") {
        Attr::Known("TargetTrackingScaling", _) => tracking_alarms(bill),
        Attr::Known(..) | Attr::Null(_) => {}
        Attr::Unknown(_) => bill.unsupported("`policy_type` is not known yet"),
    }
}
