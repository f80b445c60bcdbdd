//! `aws_appautoscaling_target`: what Application Auto Scaling may scale, and how far.
