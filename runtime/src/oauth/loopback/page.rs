//! What the browser shows at the end of a sign-in. No page has anything of the request in it.

/// A page with its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) status: u16,
    reason: &'static str,
    title: &'static str,
    text: &'static str,
}

pub(super) const SIGNED_IN: Page = Page {
    status: 200,
    reason: "OK",
    title: "Signed in",
    text: "Return to the app. You can close this window.",
};

pub(super) const NOT_SIGNED_IN: Page = Page {
    status: 200,
    reason: "OK",
    title: "Not signed in",
    text: "The app did not get access. Return to it; you can close this window.",
};

pub(super) const BAD_REQUEST: Page = Page {
    status: 400,
    reason: "Bad Request",
    title: "Not the response that is waited for",
    text: "Return to the app, and start the sign-in there.",
};

pub(super) const NOT_FOUND: Page = Page {
    status: 404,
    reason: "Not Found",
    title: "Not found",
    text: "There is nothing here.",
};

pub(super) const METHOD_NOT_ALLOWED: Page = Page {
    status: 405,
    reason: "Method Not Allowed",
    title: "Not allowed",
    text: "Return to the app, and start the sign-in there.",
};

pub(super) const TOO_LARGE: Page = Page {
    status: 431,
    reason: "Request Header Fields Too Large",
    title: "Too large",
    text: "Return to the app, and start the sign-in there.",
};

impl Page {
    /// The whole response. It loads nothing, is kept nowhere, and tells no other site the address
    /// it stands at, which has the code in it.
    pub(super) fn response(&self) -> String {
        let Self {
            status,
            reason,
            title,
            text,
        } = self;
        let body = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
             <title>{title}</title>\n<h1>{title}</h1>\n<p>{text}</p>\n</html>\n"
        );
        let allow = if *status == 405 { "Allow: GET\r\n" } else { "" };
        format!(
            "HTTP/1.1 {status} {reason}\r\n\
             Content-Type: text/html; charset=utf-8\r\n\
             Content-Length: {}\r\n\
             Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n\
             Referrer-Policy: no-referrer\r\n\
             X-Content-Type-Options: nosniff\r\n\
             Cache-Control: no-store\r\n\
             {allow}Connection: close\r\n\r\n{body}",
            body.len()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_a_whole_response() {
        for page in [
            SIGNED_IN,
            NOT_SIGNED_IN,
            BAD_REQUEST,
            NOT_FOUND,
            METHOD_NOT_ALLOWED,
            TOO_LARGE,
        ] {
            let response = page.response();
            let (head, body) = response.split_once("\r\n\r\n").unwrap();
            let length = format!("\r\nContent-Length: {}\r\n", body.len());
            assert!(head.contains(&length), "{head}");
            assert!(
                head.starts_with(&format!("HTTP/1.1 {} ", page.status)),
                "{head}"
            );
            assert_eq!(head.contains("Allow: GET"), page.status == 405);
            assert!(body.contains("app") || page.status == 404, "{body}");
        }
    }
}
