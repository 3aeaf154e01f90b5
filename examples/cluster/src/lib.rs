//! The library as functions of SQL, and the screening that they are made for.
//!
//! [`functions`] are the four functions, for any program that runs DataFusion or Ballista;
//! [`query`] is what is asked with them; [`travellers`] invents whom to ask about; [`cluster`]
//! starts a scheduler and executors, in which the same functions are registered; [`guard`] fails
//! the answers that the loss of an executor may have spoilt. The program beside it runs the
//! screening in one process and on the cluster, and compares.

pub mod cluster;
pub mod functions;
pub mod guard;
pub mod query;
pub mod travellers;
