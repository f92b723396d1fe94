//! Sets of scopes, as they are requested, granted and compared.

use super::OAuthError;

/// The names by which Google's own libraries request two scopes, and those that it grants.
const SHORT_NAMES: &[(&str, &str)] = &[
    ("email", "https://www.googleapis.com/auth/userinfo.email"),
    (
        "profile",
        "https://www.googleapis.com/auth/userinfo.profile",
    ),
];

/// Those of `wanted` that `granted` does not have.
pub(super) fn missing(wanted: &[String], granted: &[String]) -> Vec<String> {
    let has = |scope: &String| granted.iter().any(|one| full_name(one) == full_name(scope));
    wanted.iter().filter(|scope| !has(scope)).cloned().collect()
}

/// Reads the `scope` of a token response.
pub(super) fn split(text: &str) -> Vec<String> {
    text.split(' ')
        .filter(|scope| !scope.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Checks scopes that a program asks for: there is one at least, and each is a scope-token of
/// RFC 6749, section 3.3.
pub(super) fn check(scopes: &[String]) -> Result<(), OAuthError> {
    if scopes.is_empty() {
        return Err(OAuthError::configuration(
            "no scopes are set: name what the app may do",
        ));
    }
    let is_token = |scope: &String| {
        !scope.is_empty()
            && scope
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !b"\"\\".contains(&byte))
    };
    if !scopes.iter().all(is_token) {
        let message = "a scope has characters that no scope has; give each scope on its own";
        return Err(OAuthError::configuration(message));
    }
    Ok(())
}

fn full_name(scope: &str) -> &str {
    let short = SHORT_NAMES.iter().find(|(short, _)| *short == scope);
    short.map_or(scope, |(_, full)| full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_scopes_are_those_not_granted() {
        let wanted = split("openid  email a");
        let granted = split("a https://www.googleapis.com/auth/userinfo.email b");
        assert_eq!(missing(&wanted, &granted), ["openid"]);
        assert_eq!(missing(&granted, &wanted), ["b"]);
        assert_eq!(missing(&[], &granted), [""; 0]);
    }

    #[test]
    fn only_scopes_are_requested() {
        assert!(check(&split("openid https://www.googleapis.com/auth/drive")).is_ok());
        for scopes in [&[][..], &[""], &["a b"], &["a", "b\n"], &["é"], &["\""]] {
            let scopes: Vec<_> = scopes.iter().map(|&scope| scope.to_owned()).collect();
            assert!(check(&scopes).unwrap_err().is_configuration(), "{scopes:?}");
        }
    }
}
