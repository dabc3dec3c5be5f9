//! Coded values: what the articles number, tenants write as text, and newer exports number beyond the published maps.
//!
//! Numbers and labels are from the "Get Client Data" article; those it lacks are from Netskope's public Data-Schema, and
//! labels without a number have been seen in recorded responses.

mod coded;

pub use coded::{Coded, Codes};

use coded::coded;

coded! {
    /// What the client does with traffic: `last_event.status`.
    Status {
        0 Disabled "Disabled",
        1 Enabled "Enabled",
        2 Uninstalled "Uninstalled",
        3 FailClosed "Fail Closed",
        4 Managed "Managed",
        _ Unmanaged "Unmanaged",
    }
}

coded! {
    /// The newer status, with a numbering of its own: `last_event.status_v2`.
    StatusV2 {
        0 Uninstalled "Uninstalled",
        1 Dormant "Dormant",
        2 Enabled "Enabled",
        3 Disabled "Disabled",
    }
}

coded! {
    /// What happened last: `last_event.event`.
    Event {
        0 Installed "Installed",
        1 TunnelUp "Tunnel Up",
        2 TunnelDown "Tunnel Down",
        3 TunnelDownSecureForwarder "Tunnel down due to Secure Forwarder",
        4 TunnelDownConfigError "Tunnel down due to config error",
        5 TunnelDownError "Tunnel down due to error",
        6 UserDisabled "User Disabled",
        7 UserEnabled "User Enabled",
        8 AdminDisabled "Admin Disabled",
        9 AdminEnabled "Admin Enabled",
        10 Uninstalled "Uninstalled",
        11 InstallationFailure "Installation Failure",
        _ ChangeInNetwork "Change in network",
        _ SystemShutdown "System shutdown",
        _ SystemPowerup "System powerup",
        _ SystemPowerUp "System power-up",
        _ TunnelDownGre "Tunnel down due to GRE",
        _ TunnelDownDataPlane "Tunnel down due to Data Plane on-premises",
        _ FailClose "Fail close",
        _ Upgraded "Upgraded",
        _ CaInstallationChange "CA Installation Change",
        _ DevicePostureChange "Device Posture Change",
    }
}

coded! {
    /// Who caused the event: `last_event.actor`.
    Actor {
        0 User "User",
        1 Admin "Admin",
        2 System "System",
        4 NetworkJoined "Network joined",
    }
}

coded! {
    /// What Private Access does: `last_event.npa_status`.
    NpaStatus {
        0 Disabled "Disabled",
        1 Allowed "Allowed",
        2 Enabled "Enabled",
        3 Connecting "Connecting",
        4 Connected "Connected",
        _ Disconnected "Disconnected",
        _ SteeringDisabled "Steering Disabled",
    }
}

coded! {
    /// The device's operating system: `host_info.os`.
    Os {
        0 Windows "Windows",
        1 Mac "Mac",
        3 Android "Android",
        4 WindowsServer "Windows Server",
        _ Linux "Linux",
        _ Ios "iOS",
        _ ChromeOs "ChromeOS",
    }
}

coded! {
    /// Whether the device is one of the organisation's: `users.device_classification_status`.
    Classification {
        0 Managed "Managed",
        1 Unmanaged "Unmanaged",
        2 Unknown "Unknown",
        3 NotConfigured "Not Configured",
    }
}

coded! {
    /// Where the user comes from: `users.user_source`.
    UserSource {
        0 Directory "Directory",
        1 Manual "Manual",
    }
}

#[cfg(test)]
mod tests;
