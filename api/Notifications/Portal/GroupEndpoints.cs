using System.Collections.Immutable;
using System.Text.Json;
using Actors.Api.Auth;
using Actors.Api.Docs;
using Actors.Api.Limits;
using Actors.Api.Problems;
using Actors.Notifications;
using Orleans;

namespace Actors.Api.Notifications.Portal;

/// <summary>Groups of users.</summary>
internal static class GroupEndpoints
{
    private const string Example = """{"users":["ada","grace"]}""";
    private const int IdSegment = 2;
    private const int MaxUsers = 100_000;
    private const int MaxLimit = 1_000;

    public static void MapGroups(this IEndpointRouteBuilder app)
    {
        var members = app.MapGroup("/api/groups/{id}/members").RequireScope(Scopes.PushSend).WithTags("Notifications");
        members.MapPut("", (HttpContext http, IGrainFactory grains) => WriteAsync(http, grains, static (group, users) => group.ReplaceAsync(users)))
            .WithExample(Example).WithName("replaceGroup").WithSummary("Makes these the members of the group.").Produces<MembersBody>().ProducesProblem(StatusCodes.Status400BadRequest);
        members.MapPost("", (HttpContext http, IGrainFactory grains) => WriteAsync(http, grains, static (group, users) => group.AddAsync(users)))
            .WithExample(Example).WithName("addToGroup").WithSummary("Adds members to the group.").Produces<MembersBody>().ProducesProblem(StatusCodes.Status400BadRequest);
        members.MapDelete("", RemoveAsync)
            .WithExample(Example).WithName("removeFromGroup").WithSummary("Removes members from the group; without a body, all of them.").Produces<MembersBody>().ProducesProblem(StatusCodes.Status400BadRequest);
        members.MapGet("", ListAsync).WithName("listGroup").WithSummary("The members of the group in the order of their ids.").Produces<MembersBody>().ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static Task<IResult> RemoveAsync(HttpContext http, IGrainFactory grains) =>
        http.Request.ContentLength is null or 0 && http.Request.Headers.TransferEncoding.Count == 0
            ? AnswerAsync(http, grains, static group => group.ReplaceAsync([]))
            : WriteAsync(http, grains, static (group, users) => group.RemoveAsync(users));

    private static async Task<IResult> WriteAsync(HttpContext http, IGrainFactory grains, Func<IGroupGrain, ImmutableArray<string>, Task> write)
    {
        var (users, refusal) = await Bodies.ReadAsync<List<string>>(http, MessageReader.MaxBytes, body =>
        {
            try
            {
                using var document = JsonDocument.Parse(body);
                return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("users", out var list)
                    && list.ValueKind is JsonValueKind.Array && list.GetArrayLength() <= MaxUsers
                    && list.EnumerateArray().All(user => user.ValueKind is JsonValueKind.String && Ids.IsUser(user.GetString()))
                        ? ([.. list.EnumerateArray().Select(user => user.GetString()!).Distinct(StringComparer.Ordinal)], null)
                        : (null, Refusals.Invalid.ToResult("users must be a list of 100,000 ids at most, each of 1 to 128 characters."));
            }
            catch (Exception failure) when (failure is JsonException or InvalidOperationException)
            {
                return (null, Refusals.Malformed.ToResult("The body is no JSON, or a text in it is no Unicode."));
            }
        });
        return users is null ? refusal! : await AnswerAsync(http, grains, group => write(group, [.. users]));
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, IGrainFactory grains, Func<IGroupGrain, Task> write)
    {
        var id = Ids.FromPath(http, IdSegment);
        if (!Ids.IsUser(id))
        {
            return Refusals.Invalid.ToResult("A group's id has 1 to 128 characters.");
        }

        var group = grains.GetGroupGrain(new GroupKey(id));
        await write(group);
        return Results.Ok(new MembersBody(Users: null, (await group.ListAsync(after: null, 1)).Count));
    }

    private static async Task<IResult> ListAsync(HttpContext http, IGrainFactory grains, string? after = null, int limit = MaxLimit)
    {
        var id = Ids.FromPath(http, IdSegment);
        if (!Ids.IsUser(id) || limit is < 1 or > MaxLimit || after is not null && !Ids.IsUser(after))
        {
            return Refusals.Invalid.ToResult("limit must be 1 to 1000, ids have 1 to 128 characters.");
        }

        var page = await grains.GetGroupGrain(new GroupKey(id)).ListAsync(after, limit);
        return Results.Ok(new MembersBody(page.Users, page.Count));
    }
}

/// <summary>Members of a group.</summary>
/// <param name="Users">Their ids; the next part comes after the last of them.</param>
/// <param name="Count">How many members there are in all.</param>
internal sealed record MembersBody(
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Users, int Count);
