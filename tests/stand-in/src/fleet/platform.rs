//! What devices are made of.

use crate::random::Random;
use netskope_model::codes::Os;

/// A kind of device.
pub(super) struct Platform {
    weight: u64,
    pub(super) os: Os,
    models: &'static [(&'static str, &'static str)],
    versions: &'static [&'static str],
}

const PLATFORMS: [Platform; 6] = [
    Platform {
        weight: 48,
        os: Os::Windows,
        models: &[
            ("Dell Inc.", "Latitude 5440"),
            ("LENOVO", "21HM000AUS"),
            ("HP", "HP EliteBook 840 14 inch G10"),
            ("VMware, Inc.", "VMware20,1"),
            ("Microsoft Corporation", "Surface Laptop 5"),
        ],
        versions: &[
            "10.0 (2009)",
            "10.0 (1909)",
            "10.0.19045",
            "11.0.22631",
            "6.3",
        ],
    },
    Platform {
        weight: 26,
        os: Os::Mac,
        models: &[
            ("Apple", "MacBookPro18,3"),
            ("Apple", "Mac14,2"),
            ("Apple", "Macmini9,1"),
        ],
        versions: &["10.15.7", "12.6.1", "13.5.2", "14.5.0"],
    },
    Platform {
        weight: 12,
        os: Os::WindowsServer,
        models: &[
            ("Amazon EC2", "m5.large"),
            ("Xen", "HVM domU"),
            ("QEMU", "Standard PC (Q35 + ICH9, 2009)"),
        ],
        versions: &["10.0 (1607)", "10.0(1809)", "10.0.20348"],
    },
    Platform {
        weight: 6,
        os: Os::Linux,
        models: &[("Google", "Google Compute Engine"), ("N/A", "N/A")],
        versions: &["20.04", "22.04"],
    },
    Platform {
        weight: 5,
        os: Os::Android,
        models: &[("Google", "Pixel 7"), ("samsung", "SM-S911B")],
        versions: &["13", "14"],
    },
    Platform {
        weight: 3,
        os: Os::Ios,
        models: &[("Apple", "iPhone14,5"), ("Apple", "iPad13,16")],
        versions: &["16.6", "17.4.1"],
    },
];

impl Platform {
    pub(super) fn draw(random: &mut Random) -> &'static Self {
        random.weighted(&PLATFORMS, |platform| platform.weight)
    }

    /// Maker and model.
    pub(super) fn model(&self, random: &mut Random) -> (&'static str, &'static str) {
        random.pick(self.models)
    }

    pub(super) fn version(&self, random: &mut Random) -> &'static str {
        random.pick(self.versions)
    }
}
