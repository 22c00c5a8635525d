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

void
node_append(struct node *list, struct node *n)
{
    if (list->nlist == list->cap)
        list->list = cc_grow(list->list, &list->cap, sizeof(*list->list));
    list->list[list->nlist++] = n;
}

/* ---- values that nobody wants -------------------------------------------- */

/* x == 1; as a statement, and the like.  A variable that is named only to be
 * set is not used. */
static void
check_effect(const struct node *n)
{
    bool idle =
        n->kind == E_BINARY || n->kind == E_NUM || n->kind == E_NEG ||
        n->kind == E_NOT || n->kind == E_LNOT || n->kind == E_PTRADD ||
        n->kind == E_PTRDIFF ||
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

/* To behind the end of the statement that begins at start and has an error. */
static void
skip_statement(struct parser *p, const struct token *start)
{
    int braces = open_braces(start, p->t);

    while (p->t->kind != TK_EOF) {
        if (is_punct(p, '{'))
            braces++;
        else if (is_punct(p, '}')) {
            if (braces == 0)
                return;
            if (--braces == 0) {
                p->t++;
                return;
            }
        } else if (is_punct(p, ';') && braces == 0) {
            p->t++;
            return;
        }
        p->t++;
    }
}

static bool
starts_declaration(const struct parser *p)
{
    if (is_keyword(p, KW_STATIC_ASSERT))
        return true;
    if (p->t->kind == TK_IDENT && p->t[1].kind == TK_PUNCT &&
        p->t[1].code == ':')
        return false;
    return starts_type(p) && !is_keyword(p, KW_ATTRIBUTE);
}

static void
block_item(struct parser *p, struct node *block)
{
    check_unknown_type(p);
    if (starts_declaration(p))
        parse_local_declaration(p, block);
    else
        node_append(block, statement(p));
}

/* One item, with recovery from a syntax error in it. */
static void
guarded_item(struct parser *p, struct node *block)
{
    jmp_buf recover;
    jmp_buf *outer = p->recover;
    struct scope *scope = p->scope;
    const struct token *start = p->t;
    int nesting = p->nesting;
    int loops = p->loops;
    struct node *in_switch = p->in_switch;

    if (setjmp(recover) == 0) {
        p->recover = &recover;
        block_item(p, block);
    } else {
        while (p->scope != scope)
            scope_leave(p);
        p->nesting = nesting;
        p->loops = loops;
        p->in_switch = in_switch;
        p->pending = NULL;
        skip_statement(p, start);
    }
    p->recover = outer;
}

/* `{` was read. */
static void
block_items(struct parser *p, struct node *block)
{
    const struct token *open = p->t - 1;

    nest_enter(p);
    while (!is_punct(p, '}')) {
        if (p->t->kind == TK_EOF) {
            error_at(p->t, "expected `}' at the end of the block, but the file "
                           "ends here");
            note_at(open, "the block begins here");
            longjmp(*p->recover, 1);
        }
        guarded_item(p, block);
    }
    p->t++;
    nest_leave(p);
}

static struct node *
compound(struct parser *p)
{
    struct node *block = node_new(S_BLOCK, type_void, p->t - 1);

    scope_enter(p);
    block_items(p, block);
    scope_leave(p);
    return block;
}

/* ---- labels -------------------------------------------------------------- */

static struct label *
label_of(struct parser *p, const struct token *tok)
{
    struct label *l;

    for (l = p->labels; l != NULL; l = l->next)
        if (l->name == tok->text)
            return l;
    l = cc_alloc(sizeof(*l));
    l->name = tok->text;
    l->tok = tok;
    l->next = p->labels;
    p->labels = l;
    return l;
}

/* A label needs a statement behind it; C11 allows no declaration there. */
static struct node *
labelled(struct parser *p)
{
    if (is_punct(p, '}'))
        parse_error(p, "a statement behind the label (`;' will do)");
    if (starts_declaration(p))
        parse_error(p, "a statement behind the label (a declaration is none; "
                       "put `;' in front of it)");
    return statement(p);
}

static struct node *
label_statement(struct parser *p)
{
    struct node *n = node_new(S_LABEL, type_void, p->t);

    n->label = label_of(p, p->t);
    if (n->label->defined) {
        error_at(p->t, "label `%s' is defined twice", n->label->name);
        note_at(n->label->tok, "here as well");
    }
    n->label->defined = true;
    n->label->tok = p->t;
    p->t += 2;
    n->a = labelled(p);
    return n;
}

static struct node *
goto_statement(struct parser *p)
{
    struct node *n = node_new(S_GOTO, type_void, p->t - 1);

    if (p->t->kind != TK_IDENT)
        parse_error(p, "a label");
    n->label = label_of(p, p->t++);
    n->label->used = true;
    expect(p, ';', "behind goto");
    return n;
}

/* ---- switch -------------------------------------------------------------- */

static struct node *
case_statement(struct parser *p)
{
    const struct token *tok = p->t++;
    bool is_default = tok->code == KW_DEFAULT;
    struct node *n = node_new(is_default ? S_DEFAULT : S_CASE, type_void, tok);
    struct node *sw = p->in_switch;

    if (!is_default)
        n->value = parse_constant(p, "the value of a case");
    if (!is_default && is_punct(p, PUNCT3('.', '.', '.')))
        parse_error(p, "`:' (ranges are not part of C)");
    expect(p, ':', is_default ? "behind default" : "behind the value");
    if (sw == NULL)
        error_at(tok, "`%s' outside a switch", tok->text);
    else {
        if (!is_default) {
            int64_t value = constant_wrap(sw->a->type, n->value);

            if (value != n->value && type_size(sw->a->type) < 8 &&
                (n->value < INT32_MIN || n->value > UINT32_MAX))
                warn_at(tok, "constants", "%lld does not fit into `%s'",
                        (long long)n->value, type_name(sw->a->type));
            n->value = value;
        }
        for (int i = 0; i < sw->nlist; i++)
            if (sw->list[i]->kind == n->kind &&
                (is_default || sw->list[i]->value == n->value)) {
                error_at(tok, is_default ? "a second default in this switch"
                                         : "this case is there already");
                note_at(sw->list[i]->tok, "here");
            }
        node_append(sw, n);
    }
    n->a = labelled(p);
    return n;
}

static struct node *
switch_statement(struct parser *p)
{
    struct node *n = node_new(S_SWITCH, type_void, p->t - 1);
    struct node *outer = p->in_switch;

    expect(p, '(', "behind switch");
    n->a = expr_promote(parse_expression(p));
    expect(p, ')', "behind the value");
    if (!type_is_integer(n->a->type)) {
        error_at(n->tok, "a switch needs an integer, not a `%s'",
                 type_name(n->a->type));
        n->a = node_number(0, type_int, n->tok);
    }
    p->in_switch = n;
    n->b = statement(p);
    p->in_switch = outer;
    return n;
}

/* ---- loops --------------------------------------------------------------- */

static struct node *
loop_body(struct parser *p)
{
    struct node *n;

    if (is_punct(p, ';') && p->t[1].kind == TK_PUNCT && p->t[1].code == '{')
        warn_at(p->t, "empty-body",
                "this `;' is all that the loop repeats: the block behind it "
                "does not belong to it");
    p->loops++;
    n = statement(p);
    p->loops--;
    return n;
}

static struct node *
while_statement(struct parser *p)
{
    struct node *n = node_new(S_WHILE, type_void, p->t - 1);

    expect(p, '(', "behind while");
    n->a = parse_condition(p);
    expect(p, ')', "behind the condition");
    n->b = loop_body(p);
    return n;
}

static struct node *
do_statement(struct parser *p)
{
    struct node *n = node_new(S_DO, type_void, p->t - 1);

    n->b = loop_body(p);
    if (!accept_keyword(p, KW_WHILE))
        parse_error(p, "`while' behind the body of do");
    expect(p, '(', "behind while");
    n->a = parse_condition(p);
    expect(p, ')', "behind the condition");
    expect(p, ';', "behind do ... while (...)");
    return n;
}

static struct node *
for_statement(struct parser *p)
{
    struct node *n = node_new(S_FOR, type_void, p->t - 1);

    expect(p, '(', "behind for");
    scope_enter(p);
    n->d = node_new(S_BLOCK, type_void, p->t);
    check_unknown_type(p);
    if (starts_declaration(p))
        parse_local_declaration(p, n->d);
    else if (!accept(p, ';')) {
        struct node *e = node_new(S_EXPR, type_void, p->t);

        e->a = parse_expression(p);
        check_effect(e->a);
        node_append(n->d, e);
        expect(p, ';', "behind the first part of for");
    }
    if (!is_punct(p, ';'))
        n->a = parse_condition(p);
    expect(p, ';', "behind the condition");
    if (!is_punct(p, ')')) {
        n->c = parse_expression(p);
        check_effect(n->c);
    }
    expect(p, ')', "behind the parts of for");
    n->b = loop_body(p);
    scope_leave(p);
    return n;
}

/* ---- the others ---------------------------------------------------------- */

static struct node *
if_statement(struct parser *p)
{
    struct node *n = node_new(S_IF, type_void, p->t - 1);

    expect(p, '(', "behind if");
    n->a = parse_condition(p);
    expect(p, ')', "behind the condition");
    if (is_punct(p, ';') &&
        !(p->t[1].kind == TK_KEYWORD && p->t[1].code == KW_ELSE))
        warn_at(p->t, "empty-body",
                "this `;' is all that the if decides about");
    n->b = statement(p);
    if (accept_keyword(p, KW_ELSE))
        n->c = statement(p);
    return n;
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

static struct node *
return_statement(struct parser *p)
{
    struct node *n = node_new(S_RETURN, type_void, p->t - 1);
    struct type *result = p->function->type->base;

    if (p->function->type->noreturn)
        warn_at(n->tok, "return-type",
                "`%s' is declared noreturn, but returns here",
                p->function->name);
    if (!is_punct(p, ';')) {
        const struct token *tok = p->t;

        n->a = parse_expression(p);
        if (result->kind == T_PTR)
            check_local_address(expr_value(n->a));
        if (result->kind != T_VOID)
            n->a = expr_convert(n->a, result, "the result", tok);
        else if (n->a->type->kind != T_VOID && n->a->type->kind != T_ERROR)
            error_at(tok, "`%s' returns nothing", p->function->name);
    } else if (result->kind != T_VOID && result->kind != T_ERROR)
        error_at(n->tok, "`%s' must return a `%s'", p->function->name,
                 type_name(result));
    expect(p, ';', "behind return");
    return n;
}

static struct node *
jump_statement(struct parser *p, enum node_kind kind)
{
    struct node *n = node_new(kind, type_void, p->t - 1);

    if (p->loops == 0 && (kind == S_CONTINUE || p->in_switch == NULL))
        error_at(n->tok, "`%s' outside a loop%s", n->tok->text,
                 kind == S_BREAK ? " or switch" : "");
    expect(p, ';', kind == S_BREAK ? "behind break" : "behind continue");
    return n;
}

static struct node *
expression_statement(struct parser *p)
{
    struct node *n = node_new(S_EXPR, type_void, p->t);

    n->a = parse_expression(p);
    check_effect(n->a);
    expect(p, ';', "behind the expression");
    return n;
}

static struct node *
statement_of(struct parser *p)
{
    struct specifiers ignored = {.type = NULL};

    if (is_keyword(p, KW_ATTRIBUTE))
        parse_attributes(p, &ignored);
    if (accept(p, '{'))
        return compound(p);
    if (accept(p, ';'))
        return node_new(S_BLOCK, type_void, p->t - 1);
    if (p->t->kind == TK_IDENT && p->t[1].kind == TK_PUNCT &&
        p->t[1].code == ':')
        return label_statement(p);
    if (p->t->kind != TK_KEYWORD)
        return expression_statement(p);
    if (is_keyword(p, KW_CASE) || is_keyword(p, KW_DEFAULT))
        return case_statement(p);
    if (accept_keyword(p, KW_IF))
        return if_statement(p);
    if (accept_keyword(p, KW_WHILE))
        return while_statement(p);
    if (accept_keyword(p, KW_DO))
        return do_statement(p);
    if (accept_keyword(p, KW_FOR))
        return for_statement(p);
    if (accept_keyword(p, KW_SWITCH))
        return switch_statement(p);
    if (accept_keyword(p, KW_GOTO))
        return goto_statement(p);
    if (accept_keyword(p, KW_RETURN))
        return return_statement(p);
    if (accept_keyword(p, KW_BREAK))
        return jump_statement(p, S_BREAK);
    if (accept_keyword(p, KW_CONTINUE))
        return jump_statement(p, S_CONTINUE);
    if (starts_type(p))
        parse_error(p, "a statement (a declaration needs a block `{' of its "
                       "own here)");
    return expression_statement(p);
}

static struct node *
statement(struct parser *p)
{
    struct node *n;

    nest_enter(p);
    n = statement_of(p);
    nest_leave(p);
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
    expect(p, '{', "at the start of the function");
    block_items(p, body);
    body->tok = p->t - 1; /* the closing brace */
    for (struct label *l = p->labels; l != NULL; l = l->next)
        if (!l->defined)
            error_at(l->tok, "label `%s' is not defined in `%s'", l->name,
                     fn->name);
        else if (!l->used)
            warn_at(l->tok, "unused", "label `%s' is not used", l->name);
    p->function = NULL;
    return body;
}
