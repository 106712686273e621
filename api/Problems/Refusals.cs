namespace Actors.Api.Problems;

/// <summary>The table: every refusal of our own routes.</summary>
internal static class Refusals
{
    public static readonly Problem Malformed = new("malformed", 400, "The request could not be read.");
    public static readonly Problem Invalid = new("invalid", 400, "The request has values that are not allowed.");
    public static readonly Problem Unauthenticated = new("unauthenticated", 401, "A valid token is needed.");
    public static readonly Problem MissingScope = new("missing_scope", 403, "The token lacks a scope.");
    public static readonly Problem Forbidden = new("forbidden", 403, "This is not allowed.");
    public static readonly Problem NotFound = new("not_found", 404, "There is nothing here.");
    public static readonly Problem MethodNotAllowed = new("method_not_allowed", 405, "This address does not know the method.");
    public static readonly Problem NotAcceptable = new("not_acceptable", 406, "No representation of this kind exists.");
    public static readonly Problem RequestTimeout = new("request_timeout", 408, "The request's body did not end in time.");
    public static readonly Problem Conflict = new("conflict", 409, "The state has changed meanwhile.");
    public static readonly Problem Stale = new("stale", 412, "The version is not the current one.");
    public static readonly Problem TooLarge = new("too_large", 413, "The request is too large.");
    public static readonly Problem UnsupportedType = new("unsupported_type", 415, "The body's type is not supported.");
    public static readonly Problem TooManyMisses = new("too_many_misses", 429, "Too many wrong guesses from here.");
    public static readonly Problem HeadersTooLarge = new("headers_too_large", 431, "The request's headers are too large.");
    public static readonly Problem Internal = new("internal", 500, "Something went wrong here; the trace id helps to find it.");
    public static readonly Problem Unavailable = new("unavailable", 503, "The service cannot answer now; try again.");

    private static readonly Problem[] All =
    [
        Malformed, Unauthenticated, Forbidden, NotFound, MethodNotAllowed, NotAcceptable, RequestTimeout, Conflict, Stale,
        TooLarge, UnsupportedType, TooManyMisses, HeadersTooLarge, Internal, Unavailable,
    ];

    /// <summary>The general refusal of a status that the framework chose.</summary>
    public static Problem OfStatus(int status) =>
        Array.Find(All, problem => problem.Status == status) ?? (status >= 500 ? Internal with { Status = status } : Malformed with { Status = status });
}
