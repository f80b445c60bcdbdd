//! Resource types as structs whose fields are named as Terraform names the attributes.

use stack::{Resource, ResourceId};

/// A typed view of a resource instance.
pub trait Decode<'a>: Sized + Sync {
    /// Terraform's names for the type; the first is the usual one.
    const TYPES: &'static [&'static str];

    /// Reads an instance. Total: what is missing reads as null.
    fn decode(id: ResourceId, resource: &'a Resource) -> Self;

    /// Its place in [`stack::Stack::resources`].
    fn id(&self) -> ResourceId;

    /// The instance.
    fn resource(&self) -> &'a Resource;
}

/// Declares the struct of a resource type: each field is the attribute or block of its name (`kind as "type"` when Rust
/// has other plans with the word), read as [`crate::Attr`].
macro_rules! resource {
    (
        $(#[$meta:meta])*
        $name:ident<$lt:lifetime> = $($ty:literal)|+ {
            $($(#[$doc:meta])* $field:ident $(as $key:literal)?: $read:ty,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name<$lt> {
            /// Its place in the stack.
            pub id: stack::ResourceId,
            /// The instance.
            pub resource: &$lt stack::Resource,
            $($(#[$doc])* pub $field: $crate::Attr<$lt, $read>,)*
        }

        impl<$lt> $crate::Decode<$lt> for $name<$lt> {
            const TYPES: &'static [&'static str] = &[$($ty),+];

            fn decode(id: stack::ResourceId, resource: &$lt stack::Resource) -> Self {
                Self {
                    id,
                    resource,
                    $($field: $crate::Read::read($crate::attr::attribute(
                        resource,
                        $crate::typed::name!($field $($key)?),
                    )),)*
                }
            }

            fn id(&self) -> stack::ResourceId {
                self.id
            }

            fn resource(&self) -> &$lt stack::Resource {
                self.resource
            }
        }
    };
}

/// Declares the struct of a nested block. Read from a list or set it is the first element, and null when there is none:
/// what a block that may be written once means.
macro_rules! block {
    (
        $(#[$meta:meta])*
        $name:ident<$lt:lifetime> {
            $($(#[$doc:meta])* $field:ident $(as $key:literal)?: $read:ty,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name<$lt> {
            /// The block as a whole.
            pub value: &$lt stack::Value,
            $($(#[$doc])* pub $field: $crate::Attr<$lt, $read>,)*
        }

        impl<$lt> $crate::Read<$lt> for $name<$lt> {
            fn read(value: &$lt stack::Value) -> $crate::Attr<$lt, Self> {
                if let Some(items) = value.as_slice() {
                    return items.first().map_or($crate::Attr::Null(value), Self::read);
                }
                match &value.kind {
                    stack::Kind::Null(_) => $crate::Attr::Null(value),
                    stack::Kind::Object(_) | stack::Kind::Map(..) => $crate::Attr::Known(
                        Self {
                            value,
                            $($field: $crate::Read::read($crate::attr::field(
                                value,
                                $crate::typed::name!($field $($key)?),
                            )),)*
                        },
                        value,
                    ),
                    _ => $crate::Attr::Unknown(value),
                }
            }
        }
    };
}

/// The name of an attribute: its field's, or the one given.
macro_rules! name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}

pub(crate) use {block, name, resource};
