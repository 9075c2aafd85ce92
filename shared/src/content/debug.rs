//! `Debug` that shows lengths only: messages name customers and what they bought,
//! and logs must not.

macro_rules! debug_lengths {
    ($name:ident: $($field:ident),*; $($plain:ident),*) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name))
                    $(.field(stringify!($field), &format_args!("[{} bytes]", self.$field.len())))*
                    $(.field(stringify!($plain), &self.$plain))*
                    .finish()
            }
        }
    };
}
pub(crate) use debug_lengths;
