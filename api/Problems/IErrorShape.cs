using Microsoft.AspNetCore.Mvc;

namespace Actors.Api.Problems;

/// <summary>Endpoint metadata: this route has an error body of its own, kept for the clients it had before.</summary>
internal interface IErrorShape
{
    /// <summary>Writes the error; the status is set already.</summary>
    ValueTask WriteAsync(HttpContext context, ProblemDetails problem);
}
