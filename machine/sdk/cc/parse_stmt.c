/*
 * parse_stmt.c - statements and function bodies.
 *
 * Labels live in a list of the function until its end, when each must have
 * been defined.  A switch keeps the list of its cases; where they stand in
 * its body is of no interest, which is how C allows jumping into the middle.
 */
#include "parse.h"

#include <string.h>

static struct node *statement(struct parser *p);
static struct node *substatement(struct parser *p);

/* ---- values that nobody wants -------------------------------------------- */

/* x == 1; as a statement, and the like.  A variable that is named only to be
 * set is not used. */
static void
check_effect(const struct node *n)
{
    bool idle =
        n->kind == E_BINARY || n->kind == E_NUM || n->kind == E_NEG ||
        n->kind == E_NOT || n->kind == E_LNOT || n->kind == E_PTRADD ||
        ((n->kind == E_VAR || n->kind == E_DEREF || n->kind == E_MEMBER) &&
         (n->type->quals & Q_VOLATILE) == 0);

    if (n->kind == E_COMMA) {
        check_effect(n->a);
        check_effect(n->b);
    } else if ((n->kind == E_ASSIGN || n->kind == E_UPDATE) &&
               n->a->kind == E_VAR && (n->a->type->quals & Q_VOLATILE) == 0)
        n->a->sym->sets++;
    else if (idle && n->type->kind != T_ERROR)
        warn_at(n->tok, "unused", "the result of this is not used");
}

/* ---- blocks -------------------------------------------------------------- */

static bool
at_label(const struct parser *p)
{
    return p->t->kind == TK_IDENT && token_is(p->t + 1, ":");
}

static bool
starts_declaration(const struct parser *p)
{
    struct parser q = *p;

    while (at(&q, "__attribute__"))
        q.t = behind_parentheses(q.t + 1);
    return at(&q, "_Static_assert") || (starts_type(&q) && !at_label(&q));
}

static void
block_item(struct parser *p, struct node *block)
{
    check_unknown_type(p);
    if (starts_declaration(p))
        parse_declaration(p, block);
    else
        node_append(block, statement(p));
}

/* `{` was read. */
static void
block_items(struct parser *p, struct node *block)
{
    const struct token *open = p->t - 1;

    nest_enter(p);
    while (!accept(p, "}")) {
        if (p->t->kind == TK_EOF) {
            if (!p->ended) {
                error_at(p->t, "expected `}' at the end of the block, but the "
                               "file ends here");
                note_at(open, "the block begins here");
            }
            p->ended = true;
            longjmp(*p->recover, 1);
        }
        parse_guarded(p, block, block_item);
    }
    nest_leave(p);
}

/* ---- labels -------------------------------------------------------------- */

static struct label *
label_of(struct parser *p, const struct token *tok)
{
    struct label *l = cc_meaning(tok->text)->label;

    if (l != NULL && l->function == p->function)
        return l;
    l = cc_meaning(tok->text)->label = cc_alloc(sizeof(*l));
    l->name = tok->text;
    l->function = p->function;
    l->tok = tok;
    l->next = p->labels;
    p->labels = l;
    return l;
}

static void
label(struct parser *p, struct node *n)
{
    n->label = label_of(p, n->tok);
    if (n->label->defined) {
        error_at(n->tok, "label `%s' is defined twice", n->label->name);
        note_at(n->label->tok, "here as well");
    }
    n->label->defined = true;
    n->label->tok = n->tok;
    p->t++;
}

static void
goto_statement(struct parser *p, struct node *n)
{
    if (at(p, "*"))
        parse_gnu(p, "goto to an address");
    n->label = label_of(p, expect_name(p, "a label"));
    n->label->used = true;
    expect(p, ";", "behind goto");
}

/* ---- switch -------------------------------------------------------------- */

/* The case or default n belongs to the switch sw. */
static void
add_case(struct node *sw, struct node *n)
{
    bool is_default = n->kind == S_DEFAULT;
    int64_t value = constant_wrap(sw->a->type, n->value);

    if (value != n->value && type_size(sw->a->type) < 8 &&
        (n->value < INT32_MIN || n->value > UINT32_MAX))
        warn_at(n->tok, "constants", "%lld does not fit into `%s'",
                (long long)n->value, type_name(sw->a->type));
    n->value = value;
    /* sw->value is the greatest so far: most cases are in their order. */
    for (int i = 0; i < sw->nlist && (is_default || value <= sw->value); i++)
        if (sw->list[i]->kind == n->kind && sw->list[i]->value == value) {
            error_at(n->tok, is_default ? "a second default in this switch"
                                        : "this case is there already");
            note_at(sw->list[i]->tok, "here");
        }
    if (value > sw->value)
        sw->value = value;
    node_append(sw, n);
}

static void
case_label(struct parser *p, struct node *n)
{
    bool is_default = n->kind == S_DEFAULT;
    int errors = error_count();

    if (!is_default)
        n->value = parse_constant(p, "the value of a case");
    if (!is_default && at(p, "..."))
        parse_gnu(p, "a range of cases");
    expect(p, ":", is_default ? "behind default" : "behind the value");
    if (p->in_switch == NULL)
        error_at(n->tok, "`%s' outside a switch", n->tok->text);
    else if (error_count() == errors)
        add_case(p->in_switch, n);
}

/* Labels, of which there may be many, and the statement that they need behind
 * them; C11 allows no declaration there. */
static struct node *
labelled(struct parser *p)
{
    struct node *block = node_new(S_BLOCK, type_void, p->t);

    while (at_label(p) || at(p, "case") || at(p, "default")) {
        struct node *n = node_new(S_LABEL, type_void, p->t++);
        struct specifiers s = {.type = NULL};

        if (n->tok->kind == TK_IDENT)
            label(p, n);
        else {
            n->kind = token_is(n->tok, "case") ? S_CASE : S_DEFAULT;
            case_label(p, n);
        }
        node_append(block, n);
        parse_attributes(p, &s);
        if (n->label != NULL && (s.flags & F_UNUSED) != 0)
            n->label->used = true;
    }
    if (at(p, "}") || starts_declaration(p))
        error_at(p->t, "expected a statement behind the label (%s), not `%s'",
                 at(p, "}") ? "`;' will do"
                            : "a declaration is none; put `;' in front of it",
                 p->t->text);
    else
        node_append(block, statement(p));
    return block;
}

static void
switch_statement(struct parser *p, struct node *n)
{
    struct node *outer = p->in_switch;
    bool braces;

    expect(p, "(", "behind switch");
    n->a = expr_promote(parse_expression(p));
    expect(p, ")", "behind the value");
    if (!type_is_integer(n->a->type)) {
        error_at(n->tok, "a switch needs an integer, not a `%s'",
                 type_name(n->a->type));
        n->a = node_number(0, type_int, n->tok);
    }
    braces = at(p, "{");
    p->in_switch = n;
    n->b = substatement(p);
    if (!braces && outer == NULL &&
        (at(p, "case") || at(p, "default") ||
         (at(p, "break") && p->loops == 0))) {
        error_at(p->t,
                 "only one statement belongs to a switch without `{', "
                 "not this `%s'",
                 p->t->text);
        while (!at(p, "}") && p->t->kind != TK_EOF)
            node_append(n->b, substatement(p));
    }
    p->in_switch = outer;
}

/* ---- loops --------------------------------------------------------------- */

/* And go on if it is missing: `if x > 0' is clear enough. */
static bool
open_parenthesis(struct parser *p, const char *where)
{
    bool open = accept(p, "(");

    if (!open && (p->t->kind == TK_EOF || at(p, "{") ||
                  (p->t->kind == TK_IDENT && p->t[1].kind == TK_IDENT)))
        parse_error(p, cc_format("`(' %s", where));
    if (!open)
        error_at(p->t, "expected `(' %s, not `%s'", where, p->t->text);
    return open;
}

static struct node *
condition_in_parentheses(struct parser *p, const char *where)
{
    bool open = open_parenthesis(p, where);
    struct node *n = parse_condition(p);

    if (open)
        expect(p, ")", "behind the condition");
    else
        accept(p, ")");
    return n;
}

/* What belongs to an if, else, for or while at `head`. */
static struct node *
body_of(struct parser *p, const struct token *head)
{
    const struct token *start = p->t;
    struct node *n = substatement(p);

    check_body(head, start, p->t);
    return n;
}

static struct node *
loop_body(struct parser *p, const struct node *loop)
{
    struct node *n;

    if (at(p, ";") && token_is(p->t + 1, "{"))
        warn_at(p->t, "empty-body",
                "this `;' is all that the loop repeats: the block behind it "
                "does not belong to it");
    p->loops++;
    n = body_of(p, loop->tok);
    p->loops--;
    return n;
}

static void
while_statement(struct parser *p, struct node *n)
{
    n->a = condition_in_parentheses(p, "behind while");
    n->b = loop_body(p, n);
}

static void
do_statement(struct parser *p, struct node *n)
{
    n->b = loop_body(p, n);
    if (!accept(p, "while"))
        parse_error(p, "`while' behind the body of do");
    n->a = condition_in_parentheses(p, "behind while");
    expect(p, ";", "behind do ... while (...)");
}

/* An expression as a statement. */
static struct node *
effect(struct parser *p, const char *where)
{
    struct node *n = node_new(S_EXPR, type_void, p->t);

    n->a = parse_expression(p);
    if (!expr_is_error(n->a) || at(p, ";"))
        expect(p, ";", where);
    else if (p->t->line == p->t[-1].line)
        longjmp(*p->recover, 1); /* one message will do */
    check_effect(n->a);
    return n;
}

static void
for_statement(struct parser *p, struct node *n)
{
    bool open = open_parenthesis(p, "behind for");

    n->d = node_new(S_BLOCK, type_void, p->t);
    check_unknown_type(p);
    if (starts_declaration(p)) {
        parse_declaration(p, n->d);
        for (const struct symbol *s = p->scope->symbols; s != NULL;
             s = s->in_scope)
            if (s->kind != SYM_OBJECT || s->link != NULL)
                error_at(s->tok, "for declares variables of the loop only");
    } else if (!accept(p, ";"))
        node_append(n->d, effect(p, "behind the first part of for"));
    if (!at(p, ";"))
        n->a = parse_condition(p);
    expect(p, ";", "behind the condition");
    if (!at(p, ")")) {
        n->c = parse_expression(p);
        check_effect(n->c);
    }
    if (open)
        expect(p, ")", "behind the parts of for");
    else
        accept(p, ")");
    n->b = loop_body(p, n);
}

/* ---- the others ---------------------------------------------------------- */

/* Does a statement without braces end with an else? */
static bool
inner_else(const struct node *n)
{
    while (n->kind == S_FOR)
        n = n->b;
    return n->kind == S_IF && n->c != NULL;
}

static void
if_statement(struct parser *p, struct node *n)
{
    n->a = condition_in_parentheses(p, "behind if");
    if (at(p, ";") && !token_is(p->t + 1, "else"))
        warn_at(p->t, "empty-body",
                "this `;' is all that the if decides about");
    n->b = body_of(p, n->tok);
    if (accept(p, "else"))
        n->c = body_of(p, p->t - 1);
    else if (inner_else(n->b))
        warn_at(n->tok, "parentheses",
                "the else further down belongs to the if within this one: put "
                "braces");
}

/* The address of an automatic object in a pointer: it means nothing any more
 * when the function has returned. */
static void
check_local_address(const struct node *n)
{
    while (n->kind == E_CAST || n->kind == E_PTRADD)
        n = n->a;
    if (n->kind != E_ADDR)
        return;
    for (n = n->a; n->kind == E_MEMBER;)
        n = n->a;
    if ((n->kind == E_VAR || n->kind == E_LITERAL) &&
        n->sym->kind == SYM_OBJECT && n->sym->link == NULL)
        warn_at(n->tok, "pointers",
                "the result is the address of a variable that ends with the "
                "function");
}

static void
return_statement(struct parser *p, struct node *n)
{
    struct type *result = p->function->type->base;

    if (p->function->type->noreturn)
        warn_at(n->tok, "return-type",
                "`%s' is declared noreturn, but returns here",
                p->function->name);
    if (!at(p, ";")) {
        const struct token *tok = p->t;

        n->a = parse_expression(p);
        if (result->kind == T_PTR)
            check_local_address(expr_value(n->a));
        if (result->kind != T_VOID)
            n->a = expr_convert(n->a, result, "the result", tok);
        else if (n->a->type->kind == T_VOID)
            warn_at(tok, "return-type",
                    "`%s' returns nothing: this belongs in front of the return",
                    p->function->name);
        else if (!expr_is_error(n->a))
            error_at(tok, "`%s' returns nothing", p->function->name);
    } else if (result->kind != T_VOID && result->kind != T_ERROR)
        error_at(n->tok, "`%s' must return a `%s'", p->function->name,
                 type_name(result));
    expect(p, ";", "behind return");
}

static void
jump_statement(struct parser *p, struct node *n)
{
    bool is_break = n->kind == S_BREAK;

    if (p->loops == 0 && !(is_break && p->in_switch != NULL))
        error_at(n->tok, "`%s' outside a loop%s", n->tok->text,
                 is_break ? " or switch" : "");
    expect(p, ";", is_break ? "behind break" : "behind continue");
}

static void
empty_statement(struct parser *p, struct node *block)
{
    (void)p;
    (void)block;
}

static struct node *
statement_of(struct parser *p)
{
    static const struct {
        const char *word;
        enum node_kind kind;
        void (*parse)(struct parser *p, struct node *n); /* what is behind it */
    } statements[] = {{"{", S_BLOCK, block_items},
                      {";", S_BLOCK, empty_statement},
                      {"if", S_IF, if_statement},
                      {"while", S_FOR, while_statement},
                      {"do", S_DO, do_statement},
                      {"for", S_FOR, for_statement},
                      {"goto", S_GOTO, goto_statement},
                      {"return", S_RETURN, return_statement},
                      {"break", S_BREAK, jump_statement},
                      {"continue", S_CONTINUE, jump_statement},
                      {"switch", S_SWITCH, switch_statement}};

    ignore_attributes(p);
    for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++)
        if (accept(p, statements[i].word)) {
            struct node *n = node_new(statements[i].kind, type_void, p->t - 1);

            bool is_scope = n->kind <= S_SWITCH || n->kind == S_BLOCK;

            if (is_scope)
                scope_enter(p);
            statements[i].parse(p, n);
            if (is_scope)
                scope_leave(p);
            return n;
        }
    if (at_label(p) || at(p, "case") || at(p, "default"))
        return labelled(p);
    if (at(p, "else"))
        parse_error(p, "an if in front of else (two statements there need "
                       "braces)");
    if (p->t->kind == TK_KEYWORD && starts_type(p))
        parse_error(p, "a statement (a declaration needs a block `{' of its "
                       "own here)");
    return effect(p, "behind the expression");
}

static struct node *
statement(struct parser *p)
{
    return nested(p, statement_of);
}

/* Part of another one: a scope of its own. */
static struct node *
substatement(struct parser *p)
{
    struct node *n;

    scope_enter(p);
    n = statement(p);
    scope_leave(p);
    return n;
}

struct node *
parse_body(struct parser *p, struct symbol *fn)
{
    struct node *body = node_new(S_BLOCK, type_void, p->t);

    p->function = fn;
    p->labels = NULL;
    p->loops = 0;
    p->in_switch = NULL;
    if (!accept(p, "{"))
        error_at(p->t, "expected `{' at the start of the function, not `%s'",
                 p->t->text);
    block_items(p, body);
    body->tok = p->t - 1; /* the closing brace */
    for (struct label *l = p->labels; l != NULL; l = l->next)
        if (!l->defined)
            error_at(l->tok, "label `%s' is not defined in `%s'", l->name,
                     fn->name);
        else if (!l->used) {
            struct near near;

            near_begin(&near, l->name);
            near_try(&near, "default");
            warn_at(l->tok, "unused", "label `%s' is not used%s", l->name,
                    near_hint(&near));
        }
    p->function = NULL;
    return body;
}
