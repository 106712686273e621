using System.Collections.Immutable;
using System.Text.Json;
using Actors.Api.Auth;
using Actors.Api.Docs;
using Actors.Api.Printing.Wire;
using Actors.Printing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Actors.Api.Printing;

/// <summary>Who may print.</summary>
internal static class MemberEndpoints
{
    private const int MaxListBytes = 32 << 20;
    private const int MaxMembers = 200_000;
    private const int MaxText = 250;
    private const int PageSize = 100;
    private const int MaxPageSize = 1_000;

    public static void MapMembers(this IEndpointRouteBuilder print)
    {
        print.MapPost("/is_union_member", PutAsync).RequireScope(Scopes.PrintUserCreate).RequireScope(Scopes.PrintUserUpdate).RequireScope(Scopes.PrintUserDelete)
            .WithMetadata(new RequestSizeLimitAttribute(MaxListBytes))
            .WithExample(PrintExamples.Members, PrintExamples.MembersAnswer).WithName("putMembers").WithSummary("Puts members in, each in place of those that have one of its numbers; all or none.");
        print.MapGet("/is_union_member", FindAsync).Produces(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound).WithName("findMember").WithSummary("Whether somebody may print.");
    }

    /// <summary>What print-api never had.</summary>
    public static void MapMemberList(this IEndpointRouteBuilder app)
    {
        var members = app.MapGroup("/api/print/members").WithTags("Printing");
        members.MapGet("", ListAsync).RequireScope(Scopes.PrintUserUpdate).WithName("listMembers").WithSummary("Members, in pages.")
            .Produces<MemberPage>();
        members.MapDelete("{number}", DeleteAsync).RequireScope(Scopes.PrintUserDelete).WithName("deleteMember")
            .WithSummary("Forgets the members that have this union or student number.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> PutAsync(HttpContext http, IMemberDirectory members)
    {
        var (list, refusal) = await PrintBodies.ReadAsync<List<NewMember>>(http, MaxListBytes, ReadList);
        if (list is null)
        {
            return refusal!;
        }

        if (HasDuplicates(list, member => member.UnionNumber) || HasDuplicates(list, member => member.StudentNumber))
        {
            return PrintRefusals.DuplicateMembers.ToResult();
        }

        await members.ReplaceAsync([.. list], http.RequestAborted);
        return PrintJson.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("status", "ok");
            json.WriteNumber("count", list.Count);
            json.WriteEndObject();
        });
    }

    private static async Task<IResult> FindAsync(HttpContext http, IMemberDirectory members, IOptions<PrintingOptions> options, string? surname, string? number, string? v)
    {
        var faults = new BodyFaults();
        if (string.IsNullOrWhiteSpace(surname))
        {
            faults.Missing("query", "surname");
        }

        if (string.IsNullOrWhiteSpace(number))
        {
            faults.Missing("query", "number");
        }

        if (faults.Any)
        {
            return faults.ToResult();
        }

        var asked = Normalize(number!);
        var found = await members.FindAsync(Normalize(surname!), asked, options.Value.AllowStudentNumber, http.RequestAborted);
        if (v == "1")
        {
            return PrintJson.Of(json => json.WriteBooleanValue(found is not null), StatusCodes.Status202Accepted);
        }

        return found is null ? PrintRefusals.UnknownMember.ToResult() : PrintJson.Of(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("surname", found.Surname);
                json.WriteString("number", asked);
                json.WriteString("student_number", found.StudentNumber);
                json.WriteString("union_number", found.UnionNumber);
                json.WriteEndObject();
            },
            StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(IMemberDirectory members, CancellationToken cancellationToken, long after = 0, int limit = PageSize)
    {
        limit = Math.Clamp(limit, 1, MaxPageSize);
        var page = await members.ListAsync(after, limit, cancellationToken);
        return Results.Ok(new MemberPage(
            [.. page.Select(member => new MemberBody(member.Surname, member.UnionNumber, member.StudentNumber))], page.Length < limit ? null : page[^1].Id));
    }

    private static async Task<IResult> DeleteAsync(IMemberDirectory members, string number, CancellationToken cancellationToken) =>
        await members.DeleteAsync(Normalize(number), cancellationToken) ? Results.NoContent() : Problems.Refusals.NotFound.ToResult("No member has this number.");

    /// <summary>As it is stored and compared; a NUL, which no database keeps in a text, is of nobody's name.</summary>
    public static string Normalize(string text) => text.Replace("\0", "", StringComparison.Ordinal).Trim().ToUpperInvariant();

    private static List<NewMember>? ReadList(JsonElement body, BodyFaults faults)
    {
        if (!body.TryGetProperty("users", out var users))
        {
            faults.Missing("body", "users");
            return null;
        }

        if (users.ValueKind is not JsonValueKind.Array || users.GetArrayLength() > MaxMembers)
        {
            faults.Add(["body", "users"], $"Input should be a valid list of at most {MaxMembers} items", "list_type");
            return null;
        }

        var members = new List<NewMember>(users.GetArrayLength());
        foreach (var (index, user) in users.EnumerateArray().Index())
        {
            string[] path = ["body", "users", index.ToString(System.Globalization.CultureInfo.InvariantCulture)];
            if (user.ValueKind is not JsonValueKind.Object)
            {
                faults.Add(path, "Input should be a valid dictionary or object to extract fields from", "model_attributes_type");
                return null;
            }

            var surname = Text(user, faults, [.. path, "username"], optional: false);
            var union = Text(user, faults, [.. path, "union_number"], optional: true);
            var student = Text(user, faults, [.. path, "student_number"], optional: true);
            if (faults.Any)
            {
                return null;
            }

            members.Add(new NewMember(surname!, union, student));
        }

        return members;
    }

    private static string? Text(JsonElement user, BodyFaults faults, string[] path, bool optional)
    {
        if (user.Text(faults, path, optional) is not { } text)
        {
            return null;
        }

        text = Normalize(text);
        if (text.Length is > 0 and <= MaxText)
        {
            return text;
        }

        faults.Add(path, $"String should have 1 to {MaxText} characters", "string_too_short");
        return null;
    }

    private static bool HasDuplicates(List<NewMember> members, Func<NewMember, string?> number)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return members.Exists(member => number(member) is { } text && !seen.Add(text));
    }
}

/// <summary>A page of members.</summary>
/// <param name="Members">By the order of their coming.</param>
/// <param name="Next">What to send as <c>after</c> for the next page; null on the last.</param>
public sealed record MemberPage(ImmutableArray<MemberBody> Members, long? Next);

/// <summary>A member.</summary>
/// <param name="Surname">In upper case.</param>
/// <param name="UnionNumber">In upper case, or null.</param>
/// <param name="StudentNumber">In upper case, or null.</param>
public sealed record MemberBody(string Surname, string? UnionNumber, string? StudentNumber);
