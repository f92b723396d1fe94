//! The contract with emitted code: everything it names and users do not.
