//! Fails what cannot be trusted: an answer for which an executor was lost in the wrong moment.
//!
//! When an executor is lost, the scheduler of Ballista 55 does again what went with it. For the
//! stages that read files that is right: only the lost tasks are done again, under numbers of their
//! own. A stage that reads shuffled data, though, is begun anew as a whole, while the stage behind
//! it keeps the places of what the surviving executors had already written for it; so rows are
//! read twice. What counts rows then counts too many: in the screening of this package names bear
//! their keys too often, keys are left out, and hits are missing, without an error.
//!
//! So a job is believed only if no stage but those was begun again ([`is_sound`]); any other one
//! fails, and [`insist`](crate::cluster::insist) asks again.

use std::collections::HashSet;
use std::sync::Arc;

use ballista_core::error::Result;
use ballista_core::serde::protobuf::{JobStatus, job_status, task_status};
use ballista_core::{JobId, JobStatusSubscriber};
use ballista_scheduler::cluster::{BallistaCluster, JobState, JobStateEventStream};
use ballista_scheduler::state::execution_graph::ExecutionGraphBox;
use ballista_scheduler::state::execution_stage::{ExecutionStage, SuccessfulStage};
use datafusion::prelude::{SessionConfig, SessionContext};

/// Why a job fails that ended well.
const DOUBT: &str = "an executor was lost, and what was done again may count twice: ask again";

/// A cluster that fails what cannot be trusted.
#[must_use]
pub fn guarded(cluster: &BallistaCluster) -> BallistaCluster {
    let jobs = Guard(cluster.job_state());
    BallistaCluster::new(cluster.cluster_state(), Arc::new(jobs))
}

/// Whether every stage was done once, but for those that read files for another.
fn is_sound(graph: &ExecutionGraphBox) -> bool {
    graph.stages().values().all(|stage| match stage {
        ExecutionStage::Successful(stage) => reads_files(stage) || was_done_once(stage),
        _ => false,
    })
}

fn reads_files(stage: &SuccessfulStage) -> bool {
    stage.inputs.is_empty() && !stage.output_links.is_empty()
}

fn was_done_once(stage: &SuccessfulStage) -> bool {
    let mut tasks = stage.task_infos.iter();
    let is_done = |status: &_| matches!(status, task_status::Status::Successful(_));
    stage.stage_attempt_num == 0 && tasks.all(|task| is_done(&task.task_status))
}

/// Jobs as their keeper has them, but for those that end well and are not sound.
struct Guard(Arc<dyn JobState>);

#[async_trait::async_trait]
impl JobState for Guard {
    async fn save_job(&self, job_id: &JobId, graph: &ExecutionGraphBox) -> Result<()> {
        let is_over = matches!(
            graph.status().status,
            Some(job_status::Status::Successful(_))
        );
        if !is_over || is_sound(graph) {
            return self.0.save_job(job_id, graph).await;
        }
        let mut failed = graph.cloned();
        failed.fail_job(DOUBT.to_owned());
        self.0.save_job(job_id, &failed).await
    }

    fn accept_job(&self, job_id: &JobId, job_name: &str, queued_at: u64) -> Result<()> {
        self.0.accept_job(job_id, job_name, queued_at)
    }

    fn pending_job_number(&self) -> usize {
        self.0.pending_job_number()
    }

    async fn submit_job(
        &self,
        job_id: JobId,
        graph: &ExecutionGraphBox,
        subscriber: Option<JobStatusSubscriber>,
    ) -> Result<()> {
        self.0.submit_job(job_id, graph, subscriber).await
    }

    async fn get_jobs(&self) -> Result<HashSet<JobId>> {
        self.0.get_jobs().await
    }

    async fn get_all_jobs(&self) -> Result<HashSet<JobId>> {
        self.0.get_all_jobs().await
    }

    async fn get_job_status(&self, job_id: &JobId) -> Result<Option<JobStatus>> {
        self.0.get_job_status(job_id).await
    }

    async fn get_execution_graph(&self, job_id: &JobId) -> Result<Option<ExecutionGraphBox>> {
        self.0.get_execution_graph(job_id).await
    }

    async fn fail_unscheduled_job(&self, job_id: &JobId, reason: String) -> Result<()> {
        self.0.fail_unscheduled_job(job_id, reason).await
    }

    async fn remove_job(&self, job_id: &JobId) -> Result<()> {
        self.0.remove_job(job_id).await
    }

    async fn try_acquire_job(&self, job_id: &JobId) -> Result<Option<ExecutionGraphBox>> {
        self.0.try_acquire_job(job_id).await
    }

    async fn job_state_events(&self) -> Result<JobStateEventStream> {
        self.0.job_state_events().await
    }

    async fn create_or_update_session(
        &self,
        session_id: &str,
        config: &SessionConfig,
    ) -> Result<Arc<SessionContext>> {
        self.0.create_or_update_session(session_id, config).await
    }

    async fn remove_session(&self, session_id: &str) -> Result<()> {
        self.0.remove_session(session_id).await
    }

    fn produce_config(&self) -> SessionConfig {
        self.0.produce_config()
    }
}
