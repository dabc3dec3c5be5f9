//! The demo
