//! What the command line asks for.

use std::path::PathBuf;

use paxnorm_cluster::cluster::Transport;
use paxnorm_cluster::travellers::Sizes;

pub(crate) const USAGE: &str = "usage: paxnorm-cluster [--travellers N] [--list N] [--executors N]
    [--losses N]     runs that lose an executor, each at another moment, 1
    [--transport T]  of shuffled data, flight or blocks: flight
    [--journeys N]   of each person, 5
    [--hub N]        names of the list that bear a key at most, 10
    [--threshold S]  score of a hit, 0.9
    [--folder DIR]   for data and shuffles, in the folder for temporary files";

pub(crate) struct Args {
    pub(crate) sizes: Sizes,
    pub(crate) executors: usize,
    pub(crate) losses: u64,
    pub(crate) transport: Transport,
    pub(crate) hub: u64,
    pub(crate) threshold: f64,
    pub(crate) folder: PathBuf,
}

impl Args {
    pub(crate) fn parse(mut words: impl Iterator<Item = String>) -> Option<Self> {
        let mut args = Self {
            sizes: Sizes {
                travellers: 100_000,
                list: 1_000,
                journeys: 5,
            },
            executors: 2,
            losses: 1,
            transport: Transport::Flight,
            hub: 10,
            threshold: 0.9,
            folder: std::env::temp_dir().join("paxnorm-cluster"),
        };
        while let Some(word) = words.next() {
            let value = words.next()?;
            match word.as_str() {
                "--travellers" => args.sizes.travellers = value.parse().ok()?,
                "--list" => args.sizes.list = value.parse().ok()?,
                "--journeys" => args.sizes.journeys = value.parse().ok()?,
                "--executors" => args.executors = value.parse().ok()?,
                "--losses" => args.losses = value.parse().ok()?,
                "--transport" => args.transport = Transport::named(&value)?,
                "--hub" => args.hub = value.parse().ok()?,
                "--threshold" => args.threshold = value.parse().ok()?,
                "--folder" => args.folder = value.into(),
                _ => return None,
            }
        }
        // The loss of one is survived by others.
        let sound = args.executors >= 2 && args.sizes.list > 0 && args.sizes.travellers > 0;
        sound.then_some(args)
    }
}
