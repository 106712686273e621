using Microsoft.AspNetCore.Mvc;

namespace Actors.Api.Problems;

/// <summary>A kind of refusal: one row of the table by which outcomes become answers.</summary>
/// <param name="Code">What programs compare; stable.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What people read.</param>
internal sealed record Problem(string Code, int Status, string Title)
{
    private const string TypePrefix = "urn:actors:problem:";

    /// <summary>The body, without trace id: the writer adds it.</summary>
    public ProblemDetails ToDetails(string? detail = null) => Fill(new ProblemDetails { Detail = detail });

    /// <summary>An answer for a minimal API.</summary>
    public IResult ToResult(string? detail = null) => Results.Problem(ToDetails(detail));

    /// <summary>An answer that names the members of the request that are wrong.</summary>
    public IResult ToResult(IDictionary<string, string[]> errors) =>
        Results.Problem(Fill(new HttpValidationProblemDetails(errors)));

    public T Fill<T>(T details)
        where T : ProblemDetails
    {
        details.Status = Status;
        details.Title = Title;
        details.Type = TypePrefix + Code;
        details.Extensions["code"] = Code;
        return details;
    }
}
