//! Who says when something is due: EventBridge Scheduler, or a list in memory.

mod eventbridge;
mod memory;

pub use eventbridge::{EventBridgeSchedules, ScheduleTarget};
pub use memory::MemorySchedules;
