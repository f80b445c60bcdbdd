//! `aws_appautoscaling_policy`: how Application Auto Scaling scales a target.
